/** Counts what sentText lines cannot hold. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Loss, LossCount } from '../../shared/losses.ts'
import { countSharedWords } from '../../shared/range-relations.ts'
import { countStringLosses } from '../../shared/string-losses.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'
import { writtenSentence } from '../../shared/written-text.ts'
import { writtenRelations } from './write.ts'

const kept: ReadonlySet<Part> = new Set(['keys', 'spacing', 'unrelated', 'types', 'relations', 'unanchored'])

const elsewhere: Loss = [
  'relation moves to the first mention of the same words',
  'relations move to the first mentions of the same words',
]

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countUnkept(doc, kept, losses)
  countStringLosses(doc, (annotation, written) => writtenRelations(annotation, written).length, losses, 'places')
  countSharedWords(doc, losses)
  doc.sentences.forEach((sentence, index) => {
    const { spans, relations } = doc.annotations[index] ?? { spans: [], relations: [] }
    if (sentence.start === sentence.end) return
    const { textOf } = writtenSentence(doc, sentence)
    const counts = new Map<string, number>()
    for (const span of spans) counts.set(textOf(span), (counts.get(textOf(span)) ?? 0) + 1)
    const isRepeated = new Map(spans.map((span) => [span.id, (counts.get(textOf(span)) ?? 0) > 1]))
    const moving = relations.filter(({ subject, object }) => [subject, object].some((id) => isRepeated.get(id)))
    losses.add(elsewhere, moving.length)
  })
}
