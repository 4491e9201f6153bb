/** Paths are relative to where a command is typed; npm would make them relative to the program's own folder. */

type Environment = Readonly<Record<string, string | undefined>>

const scripts = ['espalier', 'start', 'demo']

/** The folder that npm was called in, where it runs one of this program's own scripts; null in every other case. */
export function folderOfNpm(environment: Environment): string | null {
  const isOwn =
    environment['npm_package_name'] === 'espalier' && scripts.includes(environment['npm_lifecycle_event'] ?? '')
  return isOwn ? (environment['INIT_CWD'] ?? null) : null
}

export function standWhereTyped(): void {
  const folder = folderOfNpm(process.env)
  if (folder !== null) process.chdir(folder)
}
