/** The built window's files: one folder, nothing outside it, with headers that forbid everything else. */
import { stat } from 'node:fs/promises'
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

export type Headers = Readonly<Record<string, string>>

interface WindowFile {
  readonly file: string
  readonly headers: Headers
}

/**
 * `connect` is where the page may connect to besides its own origin, as in a content security policy.
 * Inline style attributes are what charts and moving panes are positioned with; style elements stay forbidden.
 */
export function securityHeaders(connect = ''): Headers {
  return {
    'Content-Security-Policy': [
      `default-src 'none'`,
      `script-src 'self'`,
      `worker-src 'self'`,
      `style-src 'self'`,
      `style-src-attr 'unsafe-inline'`,
      `img-src 'self' data: blob:`,
      `font-src 'self'`,
      `connect-src 'self' ${connect}`.trim(),
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

/** The file that a URL means; null when there is none inside the folder, however it is spelled. */
export async function findWindowFile(folder: string, url: string): Promise<WindowFile | null> {
  const file = resolveInside(folder, url)
  const found = file === null ? null : await stat(file).catch(() => null)
  if (!file || !found?.isFile()) return null
  const isHashed = file.includes(`${path.sep}assets${path.sep}`)
  return {
    file,
    headers: {
      'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
      'Content-Length': String(found.size),
      'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  }
}

function resolveInside(folder: string, url: string): string | null {
  let name: string
  try {
    name = decodeURIComponent(new URL(url).pathname)
  } catch {
    return null
  }
  if (name.includes('\0') || name.includes('\\')) return null
  const file = path.join(folder, name === '/' ? 'index.html' : name)
  return file.startsWith(`${folder}${path.sep}`) ? file : null
}
