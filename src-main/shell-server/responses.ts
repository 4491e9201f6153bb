/** What a request over plain HTTP is answered with, and what it is answered for. */
import type { ServerResponse } from 'node:http'
import type { Uploads } from '#main/files/uploads'
import type { Access } from './access.ts'
import { securityHeaders, type Headers } from './window-files.ts'

export interface Site {
  readonly host: string
  readonly origin: string
  readonly access: Access
  /** null where this program shows no window to browsers. */
  readonly windowFolder: string | null
  /** null where this program takes no files in. */
  readonly uploads: Uploads | null
}

export function end(response: ServerResponse, host: string, status: number, sentence: string): void {
  response.writeHead(status, { ...headersFor(host), 'Content-Type': 'text/plain' }).end(sentence)
}

export function endWith(response: ServerResponse, host: string, value: unknown, status = 200): void {
  response.writeHead(status, { ...headersFor(host), 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(value))
}

export const headersFor = (host: string): Headers => securityHeaders(`ws://${host}`)
