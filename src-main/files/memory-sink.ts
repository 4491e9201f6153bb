/** Exports into memory, for tests and for what is small. */
import { createSinks, type OpenSink } from './open-sink.ts'

export interface MemorySink extends OpenSink {
  /** Text by the name of the file; all that was written, whether or not it was finished. */
  files(): Readonly<Record<string, string>>
}

export function openMemorySink(name: string): MemorySink {
  const written = new Map<string, string[]>()
  const find = createSinks((file) => {
    const parts: string[] = []
    written.set(file, parts)
    return { write: async (text) => void parts.push(text) }
  })
  return {
    sink: find(name).sink,
    finish: async () => undefined,
    abandon: async () => written.clear(),
    files: () => Object.fromEntries([...written].map(([file, parts]) => [file, parts.join('')])),
  }
}
