/** What the page may ask the system for: nothing but writing to the clipboard. Electron would grant everything. */
import type { Session } from 'electron'

const allowed: readonly string[] = ['clipboard-sanitized-write']

export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_, permission, answer) => answer(allowed.includes(permission)))
  session.setPermissionCheckHandler((_, permission) => allowed.includes(permission))
  session.setDevicePermissionHandler(() => false)
}
