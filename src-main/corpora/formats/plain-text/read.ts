/** Plain text: one Doc per file, its sentences found or one on each line; annotations cannot be written to it. */
import { emptyAnnotation } from '#main/document/annotation'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import { emptyLabelSet } from '#main/labels/label-set'
import { countOf } from '#main/text/numbers'
import { splitLines } from '#main/text/sentences'
import { splitText } from '#main/text/split-text'
import type { CorpusFormat, ParsedCorpus } from '../../format.ts'
import type { ReadSettings, SettingOffer } from '#main/document/read-settings'
import { parsedCorpus } from '../../shared/parsed-corpus.ts'
import { createProblemLog, RecordError } from '../../shared/problem-log.ts'

const unmarked: SentenceAnnotation = {
  ...emptyAnnotation,
  unanchored: [],
  ambiguousAnchors: 0,
  repeatedTriples: 0,
  history: [],
}

export const plainText: CorpusFormat = {
  name: 'plain-text',
  title: 'Plain text',
  extensions: ['.txt', '.md'],
  keeps: ['the text'],
  recognize: ({ name }) => (/\.(?:txt|text|md)$/i.test(name) ? 'a name that ends like a text file' : null),
  parse,
  serialize: null,
}

/** A text as an unmarked Doc: what extraction reads. */
export function textToDoc(text: string, id: string, { sentencePerLine }: ReadSettings = {}): AnnotatedDoc {
  const { tokens, sentences } = splitText(text, { sentencePerLine })
  return { id, text, tokens, sentences, annotations: sentences.map(() => unmarked) }
}

function parse(text: string, fileName: string, settings: ReadSettings = {}): ParsedCorpus {
  const log = createProblemLog(fileName)
  const doc = log.record(1, () => {
    const read = textToDoc(text, fileName, settings)
    if (read.tokens.length === 0) throw new RecordError('the file holds no words, so there is nothing to annotate')
    if (text.includes('\u0000')) throw new RecordError('the file is binary, not text: expected UTF-8 text')
    return read
  })
  const offers = doc && !settings.sentencePerLine ? offersOf(doc) : []
  return parsedCorpus(doc ? [doc] : [], emptyLabelSet, log, offers)
}

/** Where no line ends as a sentence does, each may be one. */
function offersOf({ text, tokens, sentences }: AnnotatedDoc): SettingOffer[] {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '')
  const isProse = lines.some((line) => /[\p{Sentence_Terminal}…]["'\p{Pe}\p{Pf}“«]{0,9}$/u.test(line.trimEnd()))
  if (isProse || splitLines(text, tokens).length === sentences.length) return []
  const message = `No line ends with a full stop: each of the ${countOf(lines.length, 'line')} may be a sentence`
  return [{ setting: 'sentencePerLine', count: lines.length, message }]
}
