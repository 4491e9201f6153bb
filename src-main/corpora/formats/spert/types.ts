/** The file of types of SpERT: names of entity and relation types, which stands beside the corpus. */
import type { Json } from '#main/core/json'
import { remarkOnSymmetric, type LabelSet, type RelationType } from '#main/labels/label-set'
import { isJsonObject, readBoolean, readObject, readString, type JsonObject } from '../../shared/fields.ts'
import type { FileHead } from '../../shared/file-head.ts'
import { parseJson } from '../../shared/json-text.ts'
import { FileError, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import type { TextInput } from '../../text-input.ts'

/** Names of the files of an export. */
export const writtenNames = { corpus: 'corpus.json', types: 'corpus_types.json' }

export function isTypesFile({ json }: FileHead): boolean {
  const [record] = json?.records ?? []
  return json?.layout === 'object' && isJsonObject(record?.['entities']) && isJsonObject(record['relations'])
}

/**
 * Names that the file of types may have: "ade_split_1_train.json" has ade_split_1_train_types.json, ade_split_1_types.json,
 * ade_split_types.json, ade_types.json or types.json.
 */
export function typesNames(name: string): string[] {
  const parts = name
    .replace(/^.*[\\/]/, '')
    .replace(/\.[^.]*$/, '')
    .split(/(?=[_-])/)
  const stems = parts.map((_, at) => parts.slice(0, parts.length - at).join(''))
  return [...stems.map((stem) => `${stem}_types.json`), 'types.json']
}

/** The label set of the first such file that stands beside the corpus; null when none does. */
export async function readTypesBeside(input: TextInput, log: ProblemLog): Promise<LabelSet | null> {
  for (const name of typesNames(input.name)) {
    const file = input.beside(name)
    if (!file) continue
    try {
      const labels = readTypes(parseJson(await file.whole()))
      log.note(null, `its types are stated in ${name}`)
      const symmetric = labels.relationTypes.filter((type) => type.symmetric).map((type) => type.name)
      if (symmetric.length > 0) log.note(null, `${name}: ${remarkOnSymmetric(symmetric)}`)
      return labels
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      throw new FileError(`${name}, which states its types: ${error.message}`)
    }
  }
  return null
}

function readTypes(value: Json): LabelSet {
  const source = readObject(value, 'the file')
  const entities = Object.entries(readObject(source['entities'], 'entities'))
  const relations = Object.entries(readObject(source['relations'], 'relations'))
  return {
    entityTypes: entities.map(([name, type]) => ({
      name,
      ...guidelineOf(name, readObject(type, `entities.${name}`), `entities.${name}`),
    })),
    relationTypes: relations.map(([name, type]) => ({ name, ...readRelationType(name, type, `relations.${name}`) })),
    signatures: [],
  }
}

function readRelationType(name: string, value: Json, field: string): Omit<RelationType, 'name'> {
  const type = readObject(value, field)
  const isSymmetric = type['symmetric'] !== undefined && readBoolean(type['symmetric'], `${field}.symmetric`)
  return { ...guidelineOf(name, type, field), ...(isSymmetric && { symmetric: true }) }
}

/** The long name of a type stands where it is chosen, as its guideline does. */
function guidelineOf(name: string, type: JsonObject, field: string): { guideline?: string } {
  const verbose = readString(type['verbose'] ?? name, `${field}.verbose`)
  return verbose === name || verbose.trim() === '' ? {} : { guideline: verbose }
}

export function writeTypes({ entityTypes, relationTypes }: LabelSet): Json {
  const entry = ({ name, guideline }: { readonly name: string; readonly guideline?: string }) => ({
    short: name,
    verbose: guideline ?? name,
  })
  return {
    entities: Object.fromEntries(entityTypes.map((type) => [type.name, entry(type)])),
    relations: Object.fromEntries(
      relationTypes.map((type) => [type.name, { ...entry(type), symmetric: type.symmetric ?? false }]),
    ),
  }
}
