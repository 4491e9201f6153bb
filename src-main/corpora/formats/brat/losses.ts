/** Counts what a folder of brat cannot hold of a Doc. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { remarkOf } from '#main/document/remark'
import { countMarkLosses } from '../../shared/mark-losses.ts'
import type { Loss, LossCount } from '../../shared/losses.ts'
import { unplacedKey } from '../../shared/unplaced.ts'
import { typeName } from './items.ts'
import { mergeLines } from './merge.ts'
import { noteText } from './standoff.ts'
import { sourceAnn } from './write.ts'

const lost = {
  types: [
    'type with white space in its name is written with "_"',
    'types with white space in their names are written with "_"',
  ],
  flags: ['span or relation loses its flag', 'spans and relations lose their flags'],
  notes: ['note loses its line breaks', 'notes lose their line breaks'],
  lines: [
    'line of brat goes with the span or relation that it refers to',
    'lines of brat go with the spans and relations that they refer to',
  ],
} as const satisfies Record<string, Loss>

export function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countMarkLosses(doc, { remarks: true, extra: ['brat', unplacedKey] }, losses)
  for (const { spans, relations } of doc.annotations) {
    const names = [...spans.map(({ label }) => label), ...relations.map(({ type }) => type)]
    losses.add(lost.types, names.filter((name) => typeName(name) !== name).length)
    const remarks = [...spans, ...relations].map(remarkOf)
    losses.add(lost.flags, remarks.filter(({ isFlagged }) => isFlagged).length)
    losses.add(lost.notes, remarks.filter(({ note }) => noteText(note) !== note).length)
  }
  const source = sourceAnn(doc)
  if (source !== null) losses.add(lost.lines, mergeLines(doc, source).dropped)
}
