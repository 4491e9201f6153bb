/** Opens a sink, with the functions that end its export. */
import { AppError } from '#main/core/errors'
import type { Sink } from '#main/core/sink'
import { isPlainName } from './plain-name.ts'

export interface OpenSink {
  readonly sink: Sink
  /** Publishes every file of the export, or none. @throws AppError naming the file that could not be written. */
  finish(): Promise<void>
  /** Removes what was written. */
  abandon(): Promise<void>
}

export interface SinkOptions {
  /** True where what lies there already may be replaced; it is refused otherwise. */
  readonly replace?: boolean
}

/** TextFile: takes the text of one file. */
export interface TextFile {
  write(text: string): Promise<void>
}

/**
 * The sinks of one folder; the same name gives the same file.
 * @param open makes a file that was not asked for before.
 */
export function createSinks<T extends TextFile>(
  open: (name: string) => T,
): (name: string) => { readonly file: T; readonly sink: Sink } {
  const known = new Map<string, { readonly file: T; readonly sink: Sink }>()
  function find(name: string): { readonly file: T; readonly sink: Sink } {
    const found = known.get(name)
    if (found) return found
    if (!isPlainName(name))
      throw new AppError('invalid-input', `"${name}" cannot be the name of a file. Take the separators out of it.`)
    const file = open(name)
    const made = {
      file,
      sink: { write: (text: string) => file.write(text), beside: (other: string) => find(other).sink },
    }
    known.set(name, made)
    return made
  }
  return find
}
