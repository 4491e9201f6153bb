/**
 * What extractors of triples write when they are tested: the text, the gold triples and the predicted ones, as CasRel and its
 * successors do ("triple_list_gold", "triple_list_pred", "new", "lack"), or as "text", "predict" and "truth". The predicted
 * triples are a layer of a system. Records are an array, one a line, or objects that follow one another.
 */
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import { splitWords } from '#main/text/words'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { anchorTriples, type AnchorOptions } from '../../shared/anchor-triples.ts'
import { readObject, readString, unknownKeys } from '../../shared/fields.ts'
import { readJsonRecords, type JsonRecord } from '../../shared/json-records.ts'
import { sequenceAsArray } from '../../shared/json-sequence.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { uniqueTriples } from '../../shared/stated-triples.ts'
import { createTextRules, type TextRules } from '../../shared/text-rules.ts'
import type { TextInput } from '../../text-input.ts'
import { keysOf, readTripleList } from './keys.ts'

/** Name of the layer of the predicted triples: the file does not say which system it is of. */
const systemName = 'predictions'

export const extractorResults: CorpusFormat = {
  name: 'extractor-results',
  title: 'Results of triple extractors (CasRel and its successors)',
  extensions: ['.json', '.jsonl'],
  keeps: ['the words of each sentence', 'gold triples as strings', 'predicted triples as a layer'],
  settings: ['foldAccents', 'language', 'han'],
  recognize({ json }) {
    const keys = json?.records.map(keysOf).find((found) => found !== null)
    return keys ? `"${keys.gold}" beside "${keys.predicted}" in its records` : null
  },
  read,
  writer: null,
}

async function* read(input: TextInput, { log, settings }: ReadContext): AsyncGenerator<ReadDoc> {
  const rulesFor = createTextRules(settings)
  const array = { ...input, pieces: () => sequenceAsArray(input.pieces()) }
  for await (const records of readJsonRecords(array, 'records of {"text", "triple_list_gold", "triple_list_pred"}'))
    for (const record of records) {
      const foldAccents = settings.foldAccents ?? false
      const doc = log.record(record.number, () => readRecord(record, input.name, rulesFor, foldAccents, log))
      if (doc) yield { doc, record: record.number }
    }
}

function readRecord(
  { number, value }: JsonRecord,
  fileName: string,
  rulesFor: (text: string) => TextRules,
  foldAccents: boolean,
  log: ProblemLog,
): AnnotatedDoc {
  const record = readObject(value(), 'the record')
  const text = readString(record['text'], 'text')
  const rules = rulesFor(text)
  const split = (string: string) => splitWords(string, rules.words)
  const words = split(text)
  if (words.length === 0) throw new RecordError('text: it holds no words, so there is nothing to compare')
  const keys = keysOf(record)
  if (!keys)
    throw new RecordError(
      'the record: expected "triple_list_gold" beside "triple_list_pred", or "truth" beside "predict"',
    )
  const [gold, predicted] = [keys.gold, keys.predicted].map((key) =>
    uniqueTriples(readTripleList(record, key, number, log), number, log),
  )
  const options: AnchorOptions = { split, canSplit: true, foldAccents, fileName, record: number }
  const both = [...(gold?.triples ?? []), ...(predicted?.triples ?? [])]
  // all strings first, since one of either may begin within a word
  const { tokens } = anchorTriples({ text, tokens: words, triples: both }, options, log)
  const anchor = (triples: readonly TextTriple[]): SentenceAnnotation => ({
    ...anchorTriples({ text, tokens, triples }, { ...options, canSplit: false }, log).annotation,
    repeatedTriples: 0,
  })
  const extra = unknownKeys(record, ['text', keys.gold, keys.predicted, 'new', 'lack'])
  return {
    id: `${fileName}#${number}`,
    ...{ text, tokens, sentences: [{ start: 0, end: tokens.length }], splitting: rules.splitting },
    annotations: [{ ...anchor(gold?.triples ?? []), repeatedTriples: gold?.repeatedTriples ?? 0 }],
    layers: [{ name: systemName, kind: 'system', annotations: [anchor(predicted?.triples ?? [])] }],
    ...(extra && { sourceExtra: extra }),
  }
}
