/** Compares the marks of a Doc with those of the file that it was read from. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { allMarksOf } from '../../shared/doc-marks.ts'
import { buildLayeredDoc } from '../../shared/layered-doc.ts'
import { silentLog } from '../../shared/marks.ts'
import { fromUnit } from '../../shared/offset-units.ts'
import { createTextRules } from '../../shared/text-rules.ts'
import { rolesOf } from './layers.ts'
import { marksOf } from './marks.ts'
import { readTable } from './table.ts'

export function isUnchanged(doc: AnnotatedDoc, source: string): boolean {
  const table = readTable(source)
  const { text } = table
  const main = marksOf(table, rolesOf(table.layers), fromUnit(text, 'UTF-16 units'), { origin: 'import', author: '' })
  const before = buildLayeredDoc(
    {
      ...{ id: '', text, main, rules: createTextRules({})(text) },
      tokens: doc.tokens,
      sentences: [{ start: 0, end: doc.tokens.length }],
    },
    silentLog,
  )
  return text === doc.text && keyOf(before) === keyOf(doc)
}

function keyOf(doc: AnnotatedDoc): string {
  const { spans, relations } = allMarksOf(doc)
  return JSON.stringify([
    spans.map(({ span, start, end }) => [span.id, start, end, span.label]).sort(),
    relations
      .map(({ relation, subject, object }) => [spans[subject]?.span.id, relation.type, spans[object]?.span.id])
      .sort(),
  ])
}
