/** Layers in Espalier's JSON lines: what others than the main layer say of each sentence. */
import type { Json } from '#main/core/json'
import type { DocLayer, SentenceAnnotation } from '#main/document/annotated-doc'
import { layerKinds } from '#main/document/layer'
import { readArray, readName, readObject, readOneOf, type JsonObject } from '../../shared/fields.ts'
import { RecordError } from '../../shared/problem-log.ts'

/**
 * @param sentences number of sentences of the doc, of which each layer has an annotation.
 * @throws RecordError naming the field.
 */
export function readLayers(
  value: Json | undefined,
  sentences: number,
  readAnnotation: (source: JsonObject, field: string, sentence: number) => SentenceAnnotation,
): DocLayer[] {
  return readArray(value ?? [], 'layers').map((item, at) => {
    const field = `layers[${at}]`
    const layer = readObject(item, field)
    const listed = readArray(layer['sentences'], `${field}.sentences`)
    if (listed.length !== sentences)
      throw new RecordError(
        `${field}.sentences: expected one for each of the ${sentences} sentences, found ${listed.length}`,
      )
    return {
      name: readName(layer['name'], `${field}.name`),
      kind: readOneOf(layer['kind'], `${field}.kind`, layerKinds),
      annotations: listed.map((source, index) => {
        const place = `${field}.sentences[${index}]`
        return source === null ? null : readAnnotation(readObject(source, place), place, index)
      }),
    }
  })
}
