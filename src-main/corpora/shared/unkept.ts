/** Counts the parts of a Doc that a format has no place for, by kind: each writer names the parts that it keeps, and all others are losses. */
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { Sentence } from '#main/document/doc'
import { untypedEntity } from '#main/labels/label-set'
import { createOffsetTable, type OffsetTable } from '#main/text/code-points'
import { countCutWords, countRemarks, type Loss, type LossCount } from './losses.ts'

/** Also counted by formats that write some of the spacing. */
export const lostSpacing: Loss = [
  'sentence loses the original spacing of its words',
  'sentences lose the original spacing of their words',
]

const lost = {
  keys: ['document loses its further keys', 'documents lose their further keys'],
  documents: ['document without a sentence is left out', 'documents without a sentence are left out'],
  layers: ['layer of another annotator or system is left out', 'layers of other annotators or systems are left out'],
  sentences: ['sentence without words is left out', 'sentences without words are left out'],
  pos: ['sentence loses the parts of speech of its words', 'sentences lose the parts of speech of their words'],
  spacing: lostSpacing,
  unrelated: ['span in no triple is left out', 'spans in no triple are left out'],
  types: ['span loses its entity type', 'spans lose their entity type'],
  relations: ['relation is left out', 'relations are left out'],
  unanchored: [
    'triple whose strings do not stand in its sentence is left out',
    'triples whose strings do not stand in their sentence are left out',
  ],
  repeats: ['triple that the file repeated is written once', 'triples that the file repeated are written once'],
  review: ['sentence loses its review state', 'sentences lose their review state'],
  rejections: ['refused suggestion is left out', 'refused suggestions are left out'],
  history: ['row of the history is left out', 'rows of the history are left out'],
} as const satisfies Record<string, Loss>

/** A Part is something that a format may keep. `ownSentences`: it keeps which sentences are of one document. */
export type Part = keyof typeof lost | 'ownSentences' | 'chars' | 'remarks'

/** Counts what of a Doc is not among the parts that a format keeps. */
export function countUnkept(doc: AnnotatedDoc, kept: ReadonlySet<Part>, losses: LossCount): void {
  const { sentences, sourceExtra, layers = [] } = doc
  const isWhole = kept.has('ownSentences') || sentences.length === 1
  if (sourceExtra !== undefined && !(kept.has('keys') && isWhole)) losses.add(lost.keys)
  if (!kept.has('documents') && sentences.length === 0) losses.add(lost.documents)
  if (!kept.has('layers')) losses.add(lost.layers, layers.length)
  const table = createOffsetTable(doc.text)
  sentences.forEach((sentence, index) => {
    const annotation = doc.annotations[index]
    if (!annotation || sentence.start === sentence.end) {
      if (!kept.has('sentences')) losses.add(lost.sentences)
    } else {
      countWords(doc, table, sentence, kept, losses)
      countMarks(annotation, kept, losses)
    }
    if (annotation) countRecords(annotation, kept, losses)
  })
}

function countWords(
  { tokens }: AnnotatedDoc,
  table: OffsetTable,
  { start, end }: Sentence,
  kept: ReadonlySet<Part>,
  losses: LossCount,
): void {
  const own = tokens.slice(start, end)
  if (!kept.has('pos') && own.some(({ pos }) => pos !== undefined)) losses.add(lost.pos)
  const joined = own.map((token) => table.slice(token.start, token.end)).join(' ')
  if (!kept.has('spacing') && table.slice(own[0]?.start ?? 0, own.at(-1)?.end ?? 0) !== joined) losses.add(lost.spacing)
}

function countMarks(annotation: SentenceAnnotation, kept: ReadonlySet<Part>, losses: LossCount): void {
  const { spans, relations } = annotation
  const related = new Set(relations.flatMap(({ subject, object }) => [subject, object]))
  if (!kept.has('unrelated')) losses.add(lost.unrelated, spans.filter(({ id }) => !related.has(id)).length)
  if (!kept.has('types')) losses.add(lost.types, spans.filter(({ label }) => label !== untypedEntity).length)
  if (!kept.has('relations')) losses.add(lost.relations, relations.length)
  if (!kept.has('chars')) countCutWords(annotation, losses)
  if (!kept.has('remarks')) countRemarks(annotation, losses)
}

/** Counts the parts that need no words: they are lost with a sentence that has none, too. */
function countRecords(annotation: SentenceAnnotation, kept: ReadonlySet<Part>, losses: LossCount): void {
  const { unanchored, repeatedTriples, review, rejections, history } = annotation
  if (!kept.has('unanchored')) losses.add(lost.unanchored, unanchored.length)
  if (!kept.has('repeats')) losses.add(lost.repeats, repeatedTriples)
  if (!kept.has('review') && (review.isReviewed || review.isFlagged || review.note !== '')) losses.add(lost.review)
  if (!kept.has('rejections')) losses.add(lost.rejections, rejections.length)
  if (!kept.has('history')) losses.add(lost.history, history.length)
}
