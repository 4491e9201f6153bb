/** Permissions of the page: it may write to the clipboard and nothing else. Electron by default grants everything. */
import type { Session } from 'electron'

const allowed: readonly string[] = ['clipboard-sanitized-write']

export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_, permission, answer) => answer(allowed.includes(permission)))
  session.setPermissionCheckHandler((_, permission) => allowed.includes(permission))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event, item) => {
    // files are saved by the page's own blobs and by the services; nothing is fetched
    if (!/^(blob|data):/.test(item.getURL())) event.preventDefault()
  })
}
