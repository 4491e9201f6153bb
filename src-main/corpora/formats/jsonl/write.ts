/** A Doc as one line of Espalier's JSON lines: keys in a fixed order, empty parts left out. */
import type { AnnotatedRelation, AnnotatedSpan, Rejection } from '#main/document/annotation'
import { isSameSplitting, type Splitting } from '#main/text/splitting'
import type { Json } from '#main/core/json'
import { writeSplitting } from './splitting.ts'
import type { Change } from '#main/document/operation'
import type { Remarkable } from '#main/document/remark'
import { isSegmentation } from '#main/document/segmentation'
import type { AnnotatedDoc, DocLayer, RecordedOperation, SentenceAnnotation } from '#main/document/annotated-doc'

/** @param usual how the docs of the file were split, unless they say it themselves. */
export function writeDoc(doc: AnnotatedDoc, usual?: Splitting): Json {
  return {
    id: doc.id,
    ...(doc.split && { split: doc.split }),
    ...(!isSameSplitting(doc.splitting, usual) && {
      splitting: doc.splitting ? writeSplitting(doc.splitting) : null,
    }),
    text: doc.text,
    tokens: doc.tokens.map(({ start, end, pos }) => (pos === undefined ? [start, end] : [start, end, pos])),
    sentences: doc.sentences.map(({ start, end }, index) => ({
      tokens: [start, end],
      ...writeAnnotation(doc.annotations[index], doc.tokens[start]?.start ?? 0),
    })),
    ...(doc.layers && doc.layers.length > 0 && { layers: doc.layers.map((layer) => writeLayer(doc, layer)) }),
    ...(doc.sourceExtra !== undefined && { sourceExtra: doc.sourceExtra }),
  }
}

function writeLayer(doc: AnnotatedDoc, { name, kind, annotations }: DocLayer): Json {
  const sentences = doc.sentences.map(({ start }, index) => {
    const annotation = annotations[index]
    return annotation ? writeAnnotation(annotation, doc.tokens[start]?.start ?? 0) : null
  })
  return { name, kind, sentences }
}

/** `textStart` is where the sentence's text begins in that of the Doc. */
function writeAnnotation(
  annotation: SentenceAnnotation | undefined,
  textStart: number,
): { readonly [key: string]: Json } {
  if (!annotation) return {}
  const { spans, relations, unanchored, ambiguousAnchors, repeatedTriples, rejections, review, history } = annotation
  const isTouched = review.isReviewed || review.isFlagged || review.note !== ''
  return {
    ...(spans.length > 0 && { spans: spans.map((span) => writeSpan(span, textStart)) }),
    ...(relations.length > 0 && { relations: relations.map(writeRelation) }),
    ...(unanchored.length > 0 && {
      unanchored: unanchored.map(({ subject, type, object }) => ({ subject, type, object })),
    }),
    ...(ambiguousAnchors > 0 && { ambiguousAnchors }),
    ...(repeatedTriples > 0 && { repeatedTriples }),
    ...(rejections.length > 0 && { rejections: rejections.map(writeRejection) }),
    ...(isTouched && {
      review: { isReviewed: review.isReviewed, isFlagged: review.isFlagged, note: review.note },
    }),
    ...(history.length > 0 && { history: writeHistory(history, textStart) }),
  }
}

function writeSpan({ id, start, end, chars, label, provenance, ...item }: AnnotatedSpan, textStart: number): Json {
  return {
    ...{ id, start, end },
    ...(chars && { chars: [chars.start + textStart, chars.end + textStart] }),
    ...{ label, provenance: writeProvenance(provenance) },
    ...writeRemark(item),
  }
}

function writeRelation({ id, subject, type, object, provenance, ...item }: AnnotatedRelation): Json {
  return { id, subject, type, object, provenance: writeProvenance(provenance), ...writeRemark(item) }
}

function writeRejection({ id, kind, key, provenance }: Rejection): Json {
  return { id, kind, key, provenance: writeProvenance(provenance) }
}

function writeProvenance({ origin, author, confidence }: AnnotatedSpan['provenance']): Json {
  return { origin, author, ...(confidence !== undefined && { confidence }) }
}

function writeRemark({ remark }: Remarkable): { readonly [key: string]: Json } {
  return remark ? { remark: { note: remark.note, isFlagged: remark.isFlagged } } : {}
}

/** Changes from before words or sentences were divided anew count other words: of such acts their descriptions are kept. */
function writeHistory(history: readonly RecordedOperation[], textStart: number): Json[] {
  const last = history.findLastIndex(({ changes }) => changes.some(isSegmentation))
  return history.map((operation, at) => writeOperation(operation, at > last ? textStart : null))
}

/** @param textStart null for an operation of which the changes are left out. */
function writeOperation(
  { author, atMs, description, changes, undoes }: RecordedOperation,
  textStart: number | null,
): Json {
  const written =
    textStart === null
      ? []
      : changes.flatMap((change) => (isSegmentation(change) ? [] : [writeChange(change, textStart)]))
  return { author, atMs, description, changes: written, ...(undoes !== null && { undoes }) }
}

function writeChange(change: Change, textStart: number): Json {
  switch (change.kind) {
    case 'span':
      return { kind: change.kind, ...sides(change, (span) => writeSpan(span, textStart)) }
    case 'relation':
      return { kind: change.kind, ...sides(change, writeRelation) }
    case 'rejection':
      return { kind: change.kind, ...sides(change, writeRejection) }
    case 'review':
      return {
        kind: change.kind,
        ...sides(change, ({ isReviewed, isFlagged, note }) => ({ isReviewed, isFlagged, note })),
      }
  }
}

function sides<Item>(change: { before: Item | null; after: Item | null }, write: (item: Item) => Json) {
  return { before: change.before && write(change.before), after: change.after && write(change.after) }
}
