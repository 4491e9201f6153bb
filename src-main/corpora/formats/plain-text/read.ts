/** Plain text: a Doc per file, or per part of a long one; sentences are found or one on each line. Annotations cannot be written to it. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { findLanguage } from '#main/text/language'
import { splitLines } from '#main/text/sentences'
import { splitText } from '#main/text/split-text'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import type { ReadSettings } from '#main/document/read-settings'
import { FileError } from '../../shared/problem-log.ts'
import { unmarked } from '../../shared/unmarked.ts'
import type { TextInput } from '../../text-input.ts'
import { textParts } from './parts.ts'

export const plainText: CorpusFormat = {
  name: 'plain-text',
  title: 'Plain text',
  extensions: ['.txt', '.md'],
  keeps: ['the text'],
  settings: ['sentencePerLine', 'language', 'han'],
  recognize: ({ name }) => (/\.(?:txt|text|md)$/i.test(name) ? 'a name that ends like a text file' : null),
  read,
  writer: null,
}

/** A text as an unmarked Doc: what extraction reads. */
export function textToDoc(text: string, id: string, settings: ReadSettings = {}): AnnotatedDoc {
  const { tokens, sentences, splitting } = splitText(text, settings)
  return { id, text, tokens, sentences, splitting, annotations: sentences.map(() => unmarked) }
}

async function* read(input: TextInput, { log, settings }: ReadContext): AsyncGenerator<ReadDoc> {
  const beside = annotationsBeside(input)
  if (beside !== null)
    log.note(
      null,
      `${beside} stands beside it, with annotations of brat: only the text was taken, the format brat takes both`,
    )
  const lines = createLineCheck()
  let isEmpty = true
  let number = 0
  let { language } = settings
  for await (const { text, isOnly } of textParts(input.pieces(), settings)) {
    number++
    // all parts have the language of the first: one may be a list of names
    language ??= isOnly ? undefined : findLanguage(text)
    if (text.includes('\u0000')) throw new FileError('the file is binary, not text: expected UTF-8 text')
    const doc = log.record(number, () =>
      textToDoc(text, isOnly ? input.name : `${input.name}#${number}`, { ...settings, language }),
    )
    if (doc === null || doc.tokens.length === 0) continue
    lines.add(doc)
    isEmpty = false
    yield { doc, record: number }
  }
  if (isEmpty) throw new FileError('the file holds no words, so there is nothing to annotate')
  const count = lines.sentences()
  if (count > 0 && !settings.sentencePerLine) log.offer('sentencePerLine', count)
}

/** Name of a file of annotations that stands beside "x.txt" and holds anything; null when there is none. */
function annotationsBeside({ name, beside }: TextInput): string | null {
  const annotations = name.replace(/^.*[\\/]/, '').replace(/\.txt$/i, '.ann')
  const found = annotations.endsWith('.ann') ? beside(annotations) : null
  return found && found.size !== 0 ? annotations : null
}

/** Sees whether no line ends as a sentence does, so that each line may be a sentence. */
function createLineCheck() {
  let isProse = false
  let [lines, sentences] = [0, 0]
  return {
    add({ text, tokens, sentences: found }: AnnotatedDoc): void {
      if (isProse) return
      const held = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '')
      isProse = held.some((line) => /[\p{Sentence_Terminal}…]["'\p{Pe}\p{Pf}“«]{0,9}$/u.test(line.trimEnd()))
      lines += splitLines(text, tokens).length
      sentences += found.length
    },
    /** Number of lines that may each be a sentence; 0 in prose. */
    sentences: (): number => (isProse || lines === sentences ? 0 : lines),
  }
}
