/** The folder for what belongs to the machine and to no workspace: where each system keeps the settings of programs. */
import { homedir } from 'node:os'
import path from 'node:path'

export function configFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const home = homedir()
  const configs: Partial<Record<NodeJS.Platform, string>> = {
    win32: environment['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'),
    darwin: path.join(home, 'Library', 'Application Support'),
  }
  return path.join(configs[platform] ?? environment['XDG_CONFIG_HOME'] ?? path.join(home, '.config'), 'Espalier')
}
