/** Marks that a Doc has no place for, kept in its `sourceExtra` so that they are written back. */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Provenance } from '#main/document/annotation'
import { isJsonObject, readArray, readInteger, readObject, readString, type JsonObject } from './fields.ts'
import type { MarkedLayer } from './mark-layer.ts'
import { noMarks, type Marks } from './marks.ts'
import { RecordError } from './problem-log.ts'

const key = 'unplaced'

/** The key of `sourceExtra` under which such marks are kept. */
export const unplacedKey = key

/** `sourceExtra` with what has no place in it, by the name of the layer, '' for the main one. */
export function withUnplaced(extra: JsonObject, layers: ReadonlyMap<string, MarkedLayer>): JsonObject {
  const kept = Array.from(layers, ([name, layer]) => [name, toJson(layer)] as const).filter(
    ([, marks]) => marks !== null,
  )
  return kept.length === 0 ? extra : { ...extra, [key]: Object.fromEntries(kept) }
}

function toJson({ left, repeated }: MarkedLayer): Json {
  const firstOf = (id: string): string => repeated.get(id) ?? id
  const { spans, relations } = left
  if (spans.length === 0 && relations.length === 0) return null
  return {
    spans: spans.map(({ id, start, end, label }) => ({ id, start, end, label })),
    relations: relations.map(({ id, subject, type, object }) => ({
      ...{ id, subject: firstOf(subject), type, object: firstOf(object) },
    })),
  }
}

/** The marks that are kept for a layer; none where the key says something else. */
export function unplacedOf({ sourceExtra }: Pick<AnnotatedDoc, 'sourceExtra'>, layer = ''): Marks {
  const all = isJsonObject(sourceExtra) ? sourceExtra[key] : undefined
  if (!isJsonObject(all) || !Object.hasOwn(all, layer)) return noMarks
  try {
    return fromJson(readObject(all[layer], key))
  } catch (error) {
    if (error instanceof RecordError) return noMarks
    throw error
  }
}

const provenance: Provenance = { origin: 'import', author: '' }

function fromJson(source: JsonObject): Marks {
  const string = (item: JsonObject, name: string): string => readString(item[name], name)
  const offset = (item: JsonObject, name: string): number => readInteger(item[name], name, 0, Number.MAX_SAFE_INTEGER)
  const list = (name: string): JsonObject[] => readArray(source[name] ?? [], name).map((item) => readObject(item, name))
  return {
    spans: list('spans').map((item) => ({
      ...{ id: string(item, 'id'), start: offset(item, 'start'), end: offset(item, 'end') },
      ...{ label: string(item, 'label'), provenance },
    })),
    relations: list('relations').map((item) => ({
      ...{ id: string(item, 'id'), subject: string(item, 'subject'), type: string(item, 'type') },
      ...{ object: string(item, 'object'), provenance },
    })),
  }
}
