/** WebAnno TSV 3, as INCEpTION exports it too: tokens in rows, layers in columns, one document a file (formats.md 3.12). */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Sentence, Token } from '#main/document/doc'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { isJsonObject } from '../../shared/fields.ts'
import { baseName } from '../../shared/file-names.ts'
import { buildLayeredDoc } from '../../shared/layered-doc.ts'
import { logOfRecord } from '../../shared/marks.ts'
import { fromUnit, type ToCodePoints } from '../../shared/offset-units.ts'
import { FileError, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { createTextRules } from '../../shared/text-rules.ts'
import type { TextInput } from '../../text-input.ts'
import { readCell } from './cells.ts'
import { rolesOf, typeColumn, type Roles } from './layers.ts'
import { countLosses } from './losses.ts'
import { marksOf } from './marks.ts'
import { isToken, readTable, type TsvTable } from './table.ts'
import { tsvOf, writeWebannoTsv } from './write.ts'

export const webannoTsv: CorpusFormat = {
  name: 'webanno-tsv',
  title: 'WebAnno TSV 3 (INCEpTION)',
  extensions: ['.tsv'],
  keeps: [
    'the words',
    'sentences',
    'spans by characters',
    'relations',
    'parts of speech',
    'other layers and features as they stand',
  ],
  settings: ['keepApart'],
  hasFilePerAnnotator: true,
  recognize: ({ lines }) =>
    /^#FORMAT=WebAnno TSV 3\./.test(lines[0] ?? '') ? `"${(lines[0] ?? '').trim()}" on its first line` : null,
  read,
  writer: { layout: 'folder', countLosses, write: writeWebannoTsv },
}

async function* read(input: TextInput, { log }: ReadContext): AsyncGenerator<ReadDoc> {
  const source = await input.whole()
  const table = readTable(source)
  const roles = rolesOf(table.layers)
  describeRoles(roles, log)
  const toCodePoints = fromUnit(table.text, 'UTF-16 units')
  const author = baseName(input.name)
  const { faults, ...marks } = marksOf(table, roles, toCodePoints, { origin: 'import', author })
  for (const { line, message } of faults)
    log.record(line, () => {
      throw new RecordError(`${message}; it is kept as it stands`)
    })
  const doc = log.record(1, (): AnnotatedDoc => {
    const plain = buildLayeredDoc(
      {
        ...{ id: input.name, text: table.text, main: marks, rules: createTextRules({})(table.text) },
        ...wordsOf(table, roles, toCodePoints),
      },
      logOfRecord(log, 1),
    )
    const extra = isJsonObject(plain.sourceExtra) ? plain.sourceExtra : {}
    return tsvOf(plain) === source ? plain : { ...plain, sourceExtra: { ...extra, webannoTsv: { source } } }
  })
  if (doc) yield { doc, record: 1 }
}

function describeRoles({ entities, relations, others }: Roles, log: ProblemLog): void {
  const named = others.map(({ name }) => name)
  const parts = [
    entities ? `spans are those of the layer ${entities.name}` : 'it has no layer of spans',
    ...(relations ? [`relations those of ${relations.name}`] : []),
    ...(named.length > 0 ? [`kept as they stand and not shown: ${named.join(', ')}`] : []),
  ]
  log.note(null, parts.join('; '))
}

function wordsOf({ sentences }: TsvTable, { pos }: Roles, toCodePoints: ToCodePoints) {
  const tokens: Token[] = []
  const ranges: Sentence[] = []
  let border = 0
  for (const { rows } of sentences) {
    const first = tokens.length
    for (const row of rows.filter(isToken)) {
      const [start, end] = [toCodePoints(row.start), toCodePoints(row.end)]
      if (start === null || end === null || start < border || start >= end)
        throw new FileError(
          `line ${row.line}: expected the offsets of a word after the one before it, found ${row.start}-${row.end}`,
        )
      border = end
      const tag = pos && readCell(row.cells[pos.first + typeColumn(pos)] ?? '_')[0]?.value
      tokens.push({ start, end, ...(typeof tag === 'string' && { pos: tag }) })
    }
    ranges.push({ start: first, end: tokens.length })
  }
  return { tokens, sentences: ranges }
}
