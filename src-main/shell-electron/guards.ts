/** What no page of the program may do, whichever window or view it is in. */
import { app, shell, type WebContents } from 'electron'
import { isOwnPage } from './protocol.ts'

/** Guards every page from the moment it exists. Must be called before the first window opens. */
export function guardContents(): void {
  app.on('web-contents-created', (_, contents) => guard(contents))
}

/** Links to the web open in the person's browser; nothing else leaves the program's own pages. */
function guard(contents: WebContents): void {
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isForBrowser(url)) shell.openExternal(url).catch(() => undefined) // a machine without a browser cannot open the link
    return { action: 'deny' }
  })
}

/** Hosts that the books link to. Any other address in a page may have come from a corpus. */
const hosts = ['github.com', 'git-lfs.github.com', 'www.tensorflow.org']

export function isForBrowser(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === 'https:' && url.port === '' && url.username === '' && hosts.includes(url.hostname)
}
