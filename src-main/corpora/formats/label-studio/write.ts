/** Docs → a folder with the tasks of Label Studio and the labelling configuration that a project needs to show them. */
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc, DocLayer } from '#main/document/annotated-doc'
import type { Provenance } from '#main/document/annotation'
import type { LabelSet } from '#main/labels/label-set'
import { allMarksOf, type DocMarks } from '../../shared/doc-marks.ts'
import { giveIds, numericIds } from '../../shared/given-ids.ts'
import { isJsonObject, wholeNumber, type JsonObject } from '../../shared/fields.ts'
import { extraOf, furtherKeys } from '../../shared/item-extras.ts'
import { unplacedKey } from '../../shared/unplaced.ts'
import { writeJsonArray } from '../../shared/write-json.ts'
import { configFor } from './config.ts'
import { keptOf, type Kept } from './private.ts'

/** Names of the two files of a folder. */
export const tasksName = 'tasks.json'
export const configName = 'labeling-config.xml'

export async function writeLabelStudio(docs: AsyncIterable<AnnotatedDoc>, labels: LabelSet, sink: Sink): Promise<void> {
  await writeJsonArray(docs, (doc) => [toTask(doc)], sink.beside(tasksName))
  await sink.beside(configName).write(configFor(labels))
}

function toTask(doc: AnnotatedDoc): Json {
  const kept = keptOf(doc)
  const layers = doc.layers ?? []
  const isModel = ({ kind }: DocLayer): boolean => kind === 'system' || kind === 'run'
  const task = {
    ...(numericIds.isUsable(doc.id) && { id: wholeNumber(doc.id) }),
    data: { [kept.textKey]: doc.text, ...kept.data },
    annotations: [
      ...mainAnnotation(doc, kept),
      ...layers.filter((layer) => !isModel(layer)).map((layer) => annotationOf(doc, layer, kept)),
      ...kept.cancelled,
    ],
    predictions: [...layers.filter(isModel).map((layer) => predictionOf(doc, layer, kept)), ...kept.otherPredictions],
  }
  return { ...task, ...furtherKeys(doc, ['labelStudio', unplacedKey, 'id', ...Object.keys(task)]) }
}

/** None for a text of which nobody has said anything. */
function mainAnnotation(doc: AnnotatedDoc, kept: Kept): Json[] {
  const marks = allMarksOf(doc)
  const statement = kept.statement('')
  if (!statement && marks.spans.length === 0) return []
  return [{ ...statement?.extra, result: resultOf(marks, statement) }]
}

function annotationOf(doc: AnnotatedDoc, layer: DocLayer, kept: Kept): Json {
  const statement = kept.statement(layer.name)
  return { ...(statement?.extra ?? { completed_by: layer.name }), result: resultOf(allMarksOf(doc, layer), statement) }
}

function predictionOf(doc: AnnotatedDoc, layer: DocLayer, kept: Kept): Json {
  const statement = kept.statement(layer.name)
  return { ...(statement?.extra ?? { model_version: layer.name }), result: resultOf(allMarksOf(doc, layer), statement) }
}

function resultOf(marks: DocMarks, statement: ReturnType<Kept['statement']>): Json[] {
  const ids = giveIds(
    marks.spans.map(({ span }) => span.id),
    { isUsable: (id) => id !== '', make: (number) => `s${number}` },
  )
  const regions = marks.spans.map(({ span, start, end, text }, at) => {
    const { value, ...extra } = extraOf(statement?.all ?? {}, 'regions', span.id)
    return {
      ...{ id: ids[at] ?? '', from_name: 'label', to_name: 'text', type: 'labels' },
      ...extra,
      value: { start, end, text, labels: [span.label], ...(isJsonObject(value) ? value : {}) },
      ...scoreFrom(span.provenance),
    }
  })
  return [...regions, ...arrowsOf(marks, ids, statement?.all ?? {}), ...(statement?.others ?? [])]
}

/** Label Studio drops a second relation between the same two regions, so that one arrow has all labels. */
function arrowsOf({ relations }: DocMarks, ids: readonly string[], kept: JsonObject): JsonObject[] {
  const byPair = Map.groupBy(relations, ({ subject, object, relation }) =>
    [subject, object, relation.provenance.confidence].join(' '),
  )
  return Array.from(byPair.values(), (own) => ({
    ...{ type: 'relation', from_id: ids[own[0]?.subject ?? 0] ?? '', to_id: ids[own[0]?.object ?? 0] ?? '' },
    ...{ direction: 'right', labels: own.map(({ relation }) => relation.type) },
    ...own.reduce((all, { relation }) => ({ ...all, ...extraOf(kept, 'arrows', relation.id) }), {}),
    ...(own[0] && scoreFrom(own[0].relation.provenance)),
  }))
}

function scoreFrom({ confidence }: Provenance): { readonly score?: number } {
  return confidence === undefined ? {} : { score: confidence }
}
