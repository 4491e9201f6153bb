/** app://espalier: the built window's files, with the same headers as over HTTP. The page reaches nothing else. */
import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { findWindowFile, securityHeaders } from '#main/shell-server/window-files'

const scheme = 'app'
const host = 'espalier'
export const startUrl = `${scheme}://${host}/`
export const computeUrl = `${scheme}://${host}/compute.html`

/** Registers the scheme. Must be called once, before Electron is ready. */
export function declareScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }])
}

/** Whether an address is a page of the program. The parser of Node knows no origin for schemes of our own. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${scheme}:` && url.host === host
}

export function servePages(folder: string): void {
  protocol.handle(scheme, async ({ url, method }) => {
    const found = isOwnPage(url) && method === 'GET' ? await findWindowFile(folder, url) : null
    if (!found) return new Response('Not found', { status: 404, headers: securityHeaders() })
    return new Response(new Uint8Array(await readFile(found.file)), {
      headers: { ...securityHeaders(), ...found.headers },
    })
  })
}
