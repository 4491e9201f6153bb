/** Default folder of the workspace: the place that each system has for a program's data. */
import { homedir } from 'node:os'
import path from 'node:path'

export function defaultWorkspace(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const home = homedir()
  const data: Partial<Record<NodeJS.Platform, string>> = {
    win32: environment['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'),
    darwin: path.join(home, 'Library', 'Application Support'),
  }
  return path.join(data[platform] ?? environment['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'Espalier')
}
