/** Counts what WebAnno TSV cannot hold of a Doc. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { createOffsetTable } from '#main/text/code-points'
import { countMarkLosses } from '../../shared/mark-losses.ts'
import type { Loss, LossCount } from '../../shared/losses.ts'
import { unplacedKey, unplacedOf } from '../../shared/unplaced.ts'
import { sourceOf } from './layout.ts'

const lost = {
  between: [
    'document loses the text between its sentences, which becomes a line break and spaces',
    'documents lose the text between their sentences, which becomes line breaks and spaces',
  ],
  white: ['span without a word is left out', 'spans without a word are left out'],
} as const satisfies Record<string, Loss>

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countMarkLosses(doc, { words: true, sentences: true, pos: true, extra: ['webannoTsv', unplacedKey] }, losses)
  if (sourceOf(doc) === null && !hasPlainGaps(doc)) losses.add(lost.between)
  losses.add(lost.white, unplacedOf(doc).spans.filter(({ start, end }) => start < end).length)
}

/** Is the text around its sentences what a reader puts there? */
function hasPlainGaps({ text, tokens, sentences }: AnnotatedDoc): boolean {
  const table = createOffsetTable(text)
  let border = 0
  const filled = sentences.filter(({ start, end }) => start < end)
  const arePlain = filled.every(({ start, end }) => {
    const gap = table.slice(border, tokens[start]?.start ?? 0)
    border = tokens[end - 1]?.end ?? 0
    return /^(?:\n *)?$/.test(gap)
  })
  return arePlain && border === table.length
}
