/** Docs → Prodigy JSON lines: tokens always, so that Prodigy does not find words of its own. */
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import { createOffsetTable } from '#main/text/code-points'
import { allMarksOf, type DocSpan } from '../../shared/doc-marks.ts'
import { isJsonObject } from '../../shared/fields.ts'
import { extraOf, furtherKeys, ownExtra } from '../../shared/item-extras.ts'
import { firstThat } from '../../shared/mark-words.ts'
import { unplacedKey } from '../../shared/unplaced.ts'
import { writeJsonLines } from '../../shared/write-json.ts'

export function writeProdigy(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  return writeJsonLines(docs, (doc) => [toRecord(doc)], sink)
}

function toRecord(doc: AnnotatedDoc): Json {
  const own = ownExtra(doc, 'prodigy')
  const table = createOffsetTable(doc.text)
  const marks = allMarksOf(doc)
  const isEmpty = doc.annotations.every(({ spans }) => spans.length === 0)
  const refused = isEmpty && isJsonObject(own['refused']) ? own['refused'] : null
  const places = marks.spans.map((span) => ({ start: span.start, end: span.end, ...tokensOf(doc, span) }))
  const record = {
    text: doc.text,
    tokens: doc.tokens.map(({ start, end }, id) => ({
      ...{ text: table.slice(start, end), start, end, id, ws: table.slice(end, end + 1) === ' ' },
      ...extraOf(own, 'tokens', String(id)),
    })),
    spans: marks.spans.map(({ span, text }, at) => ({
      ...{ text, ...places[at], type: 'span', label: span.label },
      ...extraOf(own, 'spans', span.id),
    })),
    relations: marks.relations.map(({ relation, subject, object }) => ({
      ...{ head: places[subject]?.token_end ?? 0, child: places[object]?.token_end ?? 0 },
      head_span: { ...places[subject], label: marks.spans[subject]?.span.label ?? '' },
      child_span: { ...places[object], label: marks.spans[object]?.span.label ?? '' },
      ...{ label: relation.type, ...extraOf(own, 'relations', relation.id) },
    })),
    ...refused,
    answer: refused && typeof own['answer'] === 'string' ? own['answer'] : 'accept',
  }
  return { ...record, ...furtherKeys(doc, ['prodigy', unplacedKey, ...Object.keys(record)]) }
}

/** `token_end` counts the last token in. */
function tokensOf(
  { tokens }: AnnotatedDoc,
  { start, end }: DocSpan,
): { readonly token_start: number; readonly token_end: number } {
  const first = firstThat(tokens, (token) => token.end > start)
  return { token_start: first, token_end: Math.max(first, firstThat(tokens, (token) => token.start >= end) - 1) }
}
