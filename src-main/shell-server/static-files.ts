/** The built window over HTTP: files of one folder, nothing outside it, with headers that forbid everything else. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** Inline style attributes are what charts and moving panes are positioned with; style elements stay forbidden. */
export function securityHeaders(host: string): Record<string, string> {
  return {
    'Content-Security-Policy': [
      `default-src 'none'`,
      `script-src 'self'`,
      `style-src 'self'`,
      `style-src-attr 'unsafe-inline'`,
      `img-src 'self' data: blob:`,
      `font-src 'self'`,
      `connect-src 'self' ws://${host}`,
      `base-uri 'none'`,
      `form-action 'none'`,
      `frame-ancestors 'none'`,
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
  }
}

export async function serveFile(
  folder: string,
  host: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = resolveInside(folder, request.url ?? '/')
  const found = file === null ? null : await stat(file).catch(() => null)
  if (!file || !found?.isFile()) {
    response.writeHead(404, { ...securityHeaders(host), 'Content-Type': 'text/plain' }).end('Not found')
    return
  }
  const isHashed = file.includes(`${path.sep}assets${path.sep}`)
  response.writeHead(200, {
    ...securityHeaders(host),
    'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
    'Content-Length': found.size,
    'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
  if (request.method === 'HEAD') response.end()
  else createReadStream(file).pipe(response)
}

/** The file a URL means; null when it is not inside the folder, however it is spelled. */
function resolveInside(folder: string, url: string): string | null {
  let name: string
  try {
    name = decodeURIComponent(new URL(url, 'http://window').pathname)
  } catch {
    return null
  }
  if (name.includes('\0') || name.includes('\\')) return null
  const file = path.join(folder, name === '/' ? 'index.html' : name)
  return file.startsWith(`${folder}${path.sep}`) ? file : null
}
