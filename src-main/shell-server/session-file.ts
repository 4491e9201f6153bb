/**
 * The session of a workspace, in a file that only its owner may read: the secret that opens every connection, the port
 * that browsers know, and the port where a running program listens. So tabs and commands find their way back.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { randomText, sign } from '#main/api/handshake'
import { replaceFile } from '#main/files/atomic'
import { isPrivate, privateFileMode } from '#main/files/private'

export interface SessionFile {
  readonly secret: string
  /** Taken again when it is free, since a browser keeps what it remembers by the address. */
  readonly browserPort: number | null
  /** Where the program that has the workspace open listens, as far as it ended in order; whoever calls there finds out. */
  readonly openPort: number | null
}

/** null when there is none, it is damaged, or others could read it: then its secret is none. */
export function readSession(workspace: string): SessionFile | null {
  const file = fileOf(workspace)
  try {
    const { secret, browserPort, openPort } = JSON.parse(readFileSync(file, 'utf8')) as Partial<SessionFile>
    if (!isPrivate(file) || typeof secret !== 'string' || secret.length < 32) return null
    return { secret, browserPort: toPort(browserPort), openPort: toPort(openPort) }
  } catch {
    return null
  }
}

/** The session there is, or a new one. */
export function ensureSession(workspace: string): SessionFile {
  return readSession(workspace) ?? { secret: randomText(), browserPort: null, openPort: null }
}

/** @throws Error of the file system. */
export async function writeSession(workspace: string, session: SessionFile): Promise<void> {
  await replaceFile(fileOf(workspace), new TextEncoder().encode(JSON.stringify(session)), privateFileMode)
}

/** The key for one address: what opens the program at one port is worth nothing at another. */
export function keyFor(secret: string, origin: string): Promise<string> {
  return sign(secret, `session\n${origin}`)
}

function toPort(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536 ? value : null
}

/** The name begins like everything that the program keeps in a workspace, so that it is kept private with the rest. */
const fileOf = (workspace: string): string => path.join(workspace, 'espalier.session.json')
