/** Plain text: one Doc per file, sentences found by `align.ts`; annotations cannot be written to it. */
import { emptyAnnotation } from '#main/document/annotation'
import { emptyLabelSet } from '#main/labels/label-set'
import { splitSentences } from '#main/text/sentences'
import { tokenize } from '#main/text/words'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { CorpusFormat, ParsedCorpus } from '../../format.ts'
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
  recognize: (fileName) => (/\.(?:txt|text|md)$/i.test(fileName) ? 'the file name ends like a text file' : null),
  parse,
  serialize: null,
}

/** A text as an unmarked Doc: what extraction reads. */
export function textToDoc(text: string, id: string): AnnotatedDoc {
  const tokens = tokenize(text)
  const sentences = splitSentences(text, tokens)
  return { id, text, tokens, sentences, annotations: sentences.map(() => unmarked) }
}

function parse(text: string, fileName: string): ParsedCorpus {
  const log = createProblemLog(fileName)
  const doc = log.record(1, () => {
    const read = textToDoc(text, fileName)
    if (read.tokens.length === 0) throw new RecordError('the file holds no words, so there is nothing to annotate')
    if (text.includes('\u0000')) throw new RecordError('the file is binary, not text: expected UTF-8 text')
    if (text.includes('\uFFFD'))
      log.note(1, 'some characters could not be read as UTF-8 and show as "\uFFFD"; save the file as UTF-8')
    return read
  })
  return { docs: doc ? [doc] : [], labels: emptyLabelSet, problems: log.problems, counts: log.counts(0, 0) }
}
