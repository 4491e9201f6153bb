/** Feature structures of UIMA CAS JSON 0.4: the text, its annotations, and the references between them. */
import type { Json } from '#main/core/json'
import { isJsonObject, readArray, readInteger, readObject, readString, type JsonObject } from '../../shared/fields.ts'
import { RecordError } from '../../shared/problem-log.ts'

export interface Structure {
  readonly id: number
  readonly type: string
  readonly field: string
  readonly features: JsonObject
}

/** An annotation of the text. */
export interface CasAnnotation extends Structure {
  readonly begin: number
  readonly end: number
}

export interface Cas {
  readonly text: string
  readonly annotations: readonly CasAnnotation[]
  /** Number of views beyond the one that is read. */
  readonly furtherViews: number
}

/** The first text and what is annotated on it. @throws RecordError naming the field. */
export function readCas(value: Json): Cas {
  const cas = readObject(value, 'the file')
  const structures = readStructures(cas['%FEATURE_STRUCTURES'])
  const sofas = structures.filter(
    ({ type, features }) => type === 'uima.cas.Sofa' && typeof features['sofaString'] === 'string',
  )
  const [sofa] = sofas
  if (!sofa) throw new RecordError('%FEATURE_STRUCTURES: expected a uima.cas.Sofa with a "sofaString", found none')
  const annotations = structures.flatMap((structure): CasAnnotation[] => {
    const { features, field } = structure
    if (features['@sofa'] !== sofa.id || features['begin'] === undefined || features['end'] === undefined) return []
    return [
      {
        ...structure,
        begin: readInteger(features['begin'], `${field}.begin`, 0, Number.MAX_SAFE_INTEGER),
        end: readInteger(features['end'], `${field}.end`, 0, Number.MAX_SAFE_INTEGER),
      },
    ]
  })
  return {
    text: readString(sofa.features['sofaString'], `${sofa.field}.sofaString`),
    annotations: annotations.sort((a, b) => a.begin - b.begin || b.end - a.end),
    furtherViews: sofas.length - 1,
  }
}

/** A list with "%ID" in each, or in drafts an object by ids. */
function readStructures(value: Json | undefined): Structure[] {
  const entries: readonly (readonly [Json, Json])[] = isJsonObject(value)
    ? Object.entries(value).map(([id, item]) => [Number(id), item] as const)
    : readArray(value, '%FEATURE_STRUCTURES').map(
        (item) => [isJsonObject(item) ? (item['%ID'] ?? null) : null, item] as const,
      )
  const known = new Set<number>()
  return entries.map(([stated, item], index) => {
    const field = `%FEATURE_STRUCTURES[${index}]`
    const features = readObject(item, field)
    const id = readInteger(stated, `${field}.%ID`, 0, Number.MAX_SAFE_INTEGER)
    if (known.has(id)) throw new RecordError(`${field}.%ID: expected an id used once, found ${id} again`)
    known.add(id)
    return {
      id,
      type: readString(features['%TYPE'], `${field}.%TYPE`),
      ...{ field, features },
    }
  })
}

export function isCas(record: JsonObject): boolean {
  return '%FEATURE_STRUCTURES' in record || '%TYPES' in record
}
