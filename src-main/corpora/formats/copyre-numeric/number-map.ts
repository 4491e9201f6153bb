/** words2id.json and relations2id.json: names with their numbers. */
import { readInteger, readObject } from '../../shared/fields.ts'
import { parseJson } from '../../shared/json-text.ts'
import { FileError, RecordError } from '../../shared/problem-log.ts'
import type { TextInput } from '../../text-input.ts'

export interface NumberMap {
  nameOf(number: number): string | undefined
}

/** @throws FileError when the map does not stand beside the corpus, or is none. */
export async function readNumberMap(input: TextInput, name: string): Promise<NumberMap> {
  const file = input.beside(name)
  if (!file) throw new FileError(`it means nothing without ${name}, which is not beside it: put both into one folder`)
  try {
    const names = new Map<number, string>()
    for (const [word, number] of Object.entries(readObject(parseJson(await file.whole()), 'the file')))
      names.set(readInteger(number, JSON.stringify(word), 0, Number.MAX_SAFE_INTEGER), word)
    return { nameOf: (number) => names.get(number) }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    throw new FileError(`${name}: ${error.message}`)
  }
}
