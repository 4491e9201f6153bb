/** Prodigy: records of a text with its tokens, spans, relations between them and the answer of the annotator (formats.md 3.9). */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Provenance } from '#main/document/annotation'
import type { Token } from '#main/document/doc'
import { untypedEntity } from '#main/labels/label-set'
import { createOffsetTable } from '#main/text/code-points'
import { tokenize } from '#main/text/words'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { isJsonObject, type JsonObject } from '../../shared/fields.ts'
import { extrasOf } from '../../shared/item-extras.ts'
import { readRecords } from '../../shared/read-records.ts'
import { buildLayeredDoc, type LayeredText } from '../../shared/layered-doc.ts'
import { logOfRecord, noMarks, type Mark, type Marks, type RecordLog } from '../../shared/marks.ts'
import { chooseOffsets } from '../../shared/offset-choice.ts'
import type { ToCodePoints } from '../../shared/offset-units.ts'
import { RecordError } from '../../shared/problem-log.ts'
import { createTextRules } from '../../shared/text-rules.ts'
import type { TextInput } from '../../text-input.ts'
import { reviewOf } from './answers.ts'
import { createEnds } from './ends.ts'
import { countLosses } from './losses.ts'
import { readProdigy, type ProdigyRecord } from './record.ts'
import { writeProdigy } from './write.ts'

export const prodigy: CorpusFormat = {
  name: 'prodigy',
  title: 'Prodigy JSON lines',
  extensions: ['.jsonl', '.json'],
  keeps: [
    'the text',
    'the words',
    'spans by characters',
    'relations',
    'records that were rejected or ignored',
    'further keys',
  ],
  settings: ['sentencePerLine', 'language', 'han', 'keepApart'],
  hasFilePerAnnotator: true,
  recognize({ json }) {
    for (const [index, record] of (json?.records ?? []).entries()) {
      const evidence = typeof record['text'] === 'string' ? evidenceIn(record) : null
      if (evidence !== null) return `${evidence} in record ${index + 1}`
    }
    return null
  },
  read,
  writer: { layout: 'file', countLosses, write: writeProdigy },
}

function evidenceIn(record: JsonObject): string | null {
  const hasItems = (key: string, ...keys: readonly string[]): boolean => {
    const list = record[key]
    return (
      Array.isArray(list) &&
      (list as readonly Json[]).some((item) => isJsonObject(item) && keys.every((name) => name in item))
    ) // Array.isArray widens to any
  }
  if (hasItems('relations', 'head', 'child', 'label')) return '"relations" with "head" and "child"'
  const lists = ['spans', 'tokens', 'relations'].filter((key) => Array.isArray(record[key]))
  if ('_input_hash' in record && lists.length > 0) return `"${lists[0]}" beside "_input_hash"`
  if ('answer' in record && lists.length > 0) return `"${lists[0]}" beside "answer"`
  return hasItems('spans', 'start', 'end', 'label') ? '"spans" with "start", "end" and "label"' : null
}

async function* read(input: TextInput, { log, settings }: ReadContext): AsyncGenerator<ReadDoc> {
  const rulesFor = createTextRules(settings)
  yield* readRecords(input, 'records of Prodigy: {"text", "spans", "relations"}', log, (value, number) => {
    const record = readProdigy(value)
    const provenance = { origin: 'import', author: input.name } as const
    return toDoc(
      record,
      `${input.name}#${number}`,
      provenance,
      {
        rules: rulesFor(record.text),
        sentencePerLine: settings.sentencePerLine,
      },
      logOfRecord(log, number),
    )
  })
}

function toDoc(
  record: ProdigyRecord,
  id: string,
  provenance: Provenance,
  splitting: Pick<LayeredText, 'rules' | 'sentencePerLine'>,
  log: RecordLog,
): AnnotatedDoc {
  const { text, answer } = record
  const stated = [...(record.tokens ?? []), ...record.spans]
  const { unit, toCodePoints } = chooseOffsets(text, stated)
  if (unit === 'UTF-16 units') log.change('utf16')
  const tokens = record.tokens ? tokensOf(record.tokens, toCodePoints) : tokenize(text, splitting.rules.words)
  const marks = marksOf(record, { tokens, toCodePoints, provenance, log })
  const isGold = answer !== 'reject' && answer !== 'ignore'
  if (!isGold) log.change('refusedAnswers')
  const own = privateOf(record, marks, isGold)
  const doc = buildLayeredDoc(
    {
      ...{ id, text, ...splitting, main: isGold ? marks : noMarks },
      ...(record.tokens && { tokens }),
      extra: { ...record.extra, ...(own && { prodigy: own }) },
    },
    log,
  )
  return isGold ? doc : { ...doc, annotations: doc.annotations.map((one) => ({ ...one, review: reviewOf(answer) })) }
}

function tokensOf(stated: NonNullable<ProdigyRecord['tokens']>, toCodePoints: ToCodePoints) {
  let border = 0
  return stated.map((token, index) => {
    const [start, end] = [toCodePoints(token.start), toCodePoints(token.end)]
    if (start === null || end === null || start < border)
      throw new RecordError(
        `tokens[${index}]: expected offsets in the text, each token after the one before, found ${token.start} to ${token.end}`,
      )
    border = end
    return { start, end }
  })
}

interface MarkContext {
  readonly tokens: readonly Token[]
  readonly toCodePoints: ToCodePoints
  readonly provenance: Provenance
  readonly log: RecordLog
}

function marksOf(record: ProdigyRecord, { tokens, toCodePoints, provenance, log }: MarkContext): Marks {
  const table = createOffsetTable(record.text)
  const spans = record.spans.map(({ field, label, ...range }, index): Mark => {
    const [start, end] = [toCodePoints(range.start), toCodePoints(range.end)]
    if (start === null || end === null || start > end)
      throw new RecordError(`${field}: expected offsets in the text, found ${range.start} to ${range.end}`)
    if (range.text !== undefined && table.slice(start, end) !== range.text) log.change('spanTexts')
    return { id: `s${index + 1}`, start, end, label: label ?? untypedEntity, provenance }
  })
  log.change('unlabelledSpans', record.spans.filter(({ label }) => label === null).length)
  const ends = createEnds(spans, { tokens, stated: record.tokens, table, toCodePoints, provenance })
  const relations = record.relations.map(({ head, child, label }, index) => ({
    ...{ id: `r${index + 1}`, subject: ends.of(head), object: ends.of(child), type: label, provenance },
  }))
  log.change('madeSpans', ends.made().length)
  log.change('ambiguousEnds', ends.ambiguous())
  return { spans: [...spans, ...ends.made()], relations }
}

function privateOf(record: ProdigyRecord, { spans, relations }: Marks, isGold: boolean): JsonObject | undefined {
  const parts = {
    ...(record.answer && record.answer !== 'accept' && { answer: record.answer }),
    ...(!isGold && { refused: record.raw }),
    ...extrasOf(
      'tokens',
      (record.tokens ?? []).map(({ extra }, index) => ({ id: String(index), extra })),
    ),
    ...extrasOf(
      'spans',
      record.spans.map(({ extra }, index) => ({ id: spans[index]?.id ?? '', extra })),
    ),
    ...extrasOf(
      'relations',
      record.relations.map(({ extra }, index) => ({ id: relations[index]?.id ?? '', extra })),
    ),
  }
  return Object.keys(parts).length > 0 ? parts : undefined
}
