/** JSON lines from which a script of ten lines makes a .spacy file (docs/formats.md has it), written only: a document a line. */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { createOffsetTable } from '#main/text/code-points'
import { wordsOf } from '#main/text/words'
import type { CorpusFormat } from '../../format.ts'
import type { LossCount } from '../../shared/losses.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'
import { toWholeWords } from '../../shared/whole-words.ts'
import { writeJsonLines } from '../../shared/write-json.ts'

export const spacyJsonl: CorpusFormat = {
  name: 'spacy-jsonl',
  title: 'JSON lines for spaCy',
  extensions: ['.jsonl'],
  keeps: ['the words and sentences of a document', 'parts of speech', 'spans with their types', 'relations'],
  settings: [],
  recognize: () => null,
  read: null,
  writer: { layout: 'file', countLosses, write: (docs, _labels, sink) => writeJsonLines(docs, recordsOf, sink) },
}

const kept: ReadonlySet<Part> = new Set(['sentences', 'ownSentences', 'pos', 'unrelated', 'types', 'relations'])

/** A space after a word is all that spaCy keeps of the white space in a text. */
function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  const record = recordOf(doc)
  const isSpacingKept = doc.text === record.words.map((word, at) => word + (record.spaces[at] ? ' ' : '')).join('')
  countUnkept(doc, isSpacingKept ? new Set<Part>([...kept, 'spacing']) : kept, losses)
}

function recordsOf(doc: AnnotatedDoc): Json[] {
  return doc.tokens.length === 0 ? [] : [{ ...recordOf(doc) }]
}

/** Spans count the words of the document, relations its spans. */
function recordOf(doc: AnnotatedDoc) {
  const table = createOffsetTable(doc.text)
  const starts = new Set(doc.sentences.map(({ start }) => start))
  const spans: { readonly start: number; readonly end: number; readonly label: string }[] = []
  const relations: { readonly head: number; readonly child: number; readonly label: string }[] = []
  doc.sentences.forEach(({ start: from }, at) => {
    const annotation = doc.annotations[at]
    if (!annotation) return
    const own = toWholeWords(annotation)
    const indexOf = new Map(own.spans.map(({ id }, index) => [id, spans.length + index]))
    spans.push(...own.spans.map(({ start, end, label }) => ({ start: from + start, end: from + end, label })))
    for (const { subject, type, object } of own.relations)
      relations.push({ head: indexOf.get(subject) ?? 0, child: indexOf.get(object) ?? 0, label: type })
  })
  return {
    id: doc.id,
    words: wordsOf(doc.text, doc.tokens),
    spaces: doc.tokens.map(({ end }, at) => /^\s/.test(table.slice(end, doc.tokens[at + 1]?.start ?? end + 1))),
    sent_starts: doc.tokens.map((_, at) => starts.has(at)),
    tags: doc.tokens.map(({ pos }) => pos ?? ''),
    spans,
    relations,
  }
}
