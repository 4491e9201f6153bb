/** rel_info.json: what the codes of DocRED's relations ("P17") mean; it stands beside the corpus. */
import type { LabelSet } from '#main/labels/label-set'
import { readObject, readString } from '../../shared/fields.ts'
import type { FileHead } from '../../shared/file-head.ts'
import { parseJson } from '../../shared/json-text.ts'
import { FileError, RecordError } from '../../shared/problem-log.ts'
import type { TextInput } from '../../text-input.ts'

const fileName = 'rel_info.json'

export function isRelationInfo({ json }: FileHead): boolean {
  const entries = Object.entries(json?.records[0] ?? {})
  return (
    json?.layout === 'object' &&
    entries.length > 0 &&
    entries.every(([code, name]) => /^P\d{1,9}$/.test(code) && typeof name === 'string')
  )
}

/** The codes as relation types, with their names as guidelines; null when the file is not there. */
export async function readRelationInfo(input: TextInput): Promise<LabelSet | null> {
  const file = input.beside(fileName)
  if (!file) return null
  try {
    const entries = Object.entries(readObject(parseJson(await file.whole()), 'the file'))
    const relationTypes = entries.map(([name, meaning]) => ({ name, guideline: readString(meaning, name) }))
    return { entityTypes: [], relationTypes, signatures: [] }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    throw new FileError(`${fileName}, which names its relations: ${error.message}`)
  }
}
