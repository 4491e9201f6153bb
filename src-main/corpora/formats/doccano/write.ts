/** Docs → doccano: a line for each, with entities and relations, or labels alone where the file had these and no relation came. */
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import { allMarksOf, type DocMarks } from '../../shared/doc-marks.ts'
import { giveIds, numericIds } from '../../shared/given-ids.ts'
import { extraOf, furtherKeys, ownExtra } from '../../shared/item-extras.ts'
import { wholeNumber, type JsonObject } from '../../shared/fields.ts'
import type { LossCount } from '../../shared/losses.ts'
import { countMarkLosses } from '../../shared/mark-losses.ts'
import { unplacedKey } from '../../shared/unplaced.ts'
import { writeJsonLines } from '../../shared/write-json.ts'

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countMarkLosses(doc, { extra: true }, losses)
}

export function writeDoccano(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  return writeJsonLines(docs, (doc) => [toRecord(doc)], sink)
}

function toRecord(doc: AnnotatedDoc): Json {
  const own = ownExtra(doc, 'doccano')
  const marks = allMarksOf(doc)
  const record = {
    ...(numericIds.isUsable(doc.id) && { id: wholeNumber(doc.id) }),
    [own['textKey'] === 'data' ? 'data' : 'text']: doc.text,
    ...(isLabelShape(own['shape']) && marks.relations.length === 0
      ? { [own['shape']]: labelsOf(marks, own) }
      : entitiesOf(marks, own)),
  }
  return { ...record, ...furtherKeys(doc, ['doccano', unplacedKey, ...Object.keys(record), 'id', 'text']) }
}

function isLabelShape(shape: Json | undefined): shape is 'label' | 'labels' {
  return shape === 'label' || shape === 'labels'
}

function labelsOf({ spans }: DocMarks, own: JsonObject): Json {
  return spans.map(({ span, start, end }) => {
    const { rest } = extraOf(own, 'entities', span.id)
    return [start, end, span.label, ...(Array.isArray(rest) ? (rest as Json[]) : [])] // Array.isArray widens to any
  })
}

function entitiesOf({ spans, relations }: DocMarks, own: JsonObject) {
  const ids = giveIds(
    spans.map(({ span }) => span.id),
    numericIds,
  ).map(wholeNumber)
  const relationIds = giveIds(
    relations.map(({ relation }) => relation.id),
    numericIds,
  ).map(wholeNumber)
  return {
    entities: spans.map(({ span, start, end }, at) => ({
      ...{ id: ids[at] ?? 0, label: span.label, start_offset: start, end_offset: end },
      ...extraOf(own, 'entities', span.id),
    })),
    relations: relations.map(({ relation, subject, object }, at) => ({
      ...{ id: relationIds[at] ?? 0, from_id: ids[subject] ?? 0, to_id: ids[object] ?? 0, type: relation.type },
      ...extraOf(own, 'relations', relation.id),
    })),
  }
}
