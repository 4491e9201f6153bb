/** Counts what sentext lines cannot hold. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { TextRange } from '#main/text/range'
import type { Loss, LossCount } from '../../shared/losses.ts'
import { rangeRelations } from '../../shared/range-relations.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'
import { countSpacedWords } from '../../shared/written-words.ts'
import { writtenRows } from './write.ts'

const kept: ReadonlySet<Part> = new Set(['keys', 'unrelated', 'relations', 'unanchored'])

const lost = {
  overlapping: ['relation between overlapping spans is left out', 'relations between overlapping spans are left out'],
  equal: [
    'relation between the same words as another becomes one with it',
    'relations between the same words become one',
  ],
  untagged: [
    'span that no row of tags has room for is left out',
    'spans that no row of tags has room for are left out',
  ],
} as const satisfies Record<string, Loss>

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countUnkept(doc, kept, losses)
  countSpacedWords(doc, losses)
  doc.sentences.forEach(({ start, end }, index) => {
    const annotation = doc.annotations[index]
    if (!annotation || start === end) return
    const { spans, relations, unanchored } = annotation
    const rows = writtenRows(annotation, end - start)
    const unique = rangeRelations(annotation).length
    losses.add(lost.equal, relations.length - unique)
    losses.add(lost.overlapping, unique - rows.filter(({ triple }) => typeof triple.subject !== 'string').length)
    losses.add(lost.equal, unanchored.length - rows.filter(({ triple }) => typeof triple.subject === 'string').length)
    const isTagged = (span: TextRange): boolean => rows.some(({ tags }) => isRun(tags, span))
    losses.add(lost.untagged, spans.filter((span) => !isTagged(span)).length)
  })
}

/** Do the tags begin an entity with the first word of the span, and end it with the last? */
function isRun(tags: readonly number[], { start, end }: TextRange): boolean {
  const isFurther = (tag = 0): boolean => tag >= 1 && tag <= 3
  return (tags[start] ?? 0) > 3 && tags.slice(start + 1, end).every(isFurther) && !isFurther(tags[end])
}
