/** ImportReport: what an import does, the same words for the dry run and for the real one. */
import type { ImportReport } from '#main/api/corpora'
import type { Problem } from '#main/core/problem'
import type { SentenceText } from '#main/document/sentence-row'
import { wordsOf } from '#main/text/words'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { ParsedCorpus } from '#main/corpora/format'
import { createOffsetTable } from '#main/text/code-points'
import { textTriples } from '#main/storage/sentence-facts'
import type { ParsedFile } from './import-files.ts'

const previewLength = 10
const problemLimit = 1000

export function reportOf(files: readonly ParsedFile[]): ImportReport {
  const sentences = files.flatMap(({ docs }) => docs.flatMap(sentencesOf))
  const total = (count: (counts: ParsedCorpus['counts']) => number) =>
    files.reduce((sum, { counts }) => sum + count(counts), 0)
  return {
    format: [...new Set(files.map(({ format }) => format.name))].join(', '),
    files: files.map(({ name }) => name),
    sentences: sentences.length,
    triples: sentences.reduce((sum, { triples }) => sum + triples.length, 0),
    spans: sentences.reduce((sum, { spans }) => sum + spans.length, 0),
    relationTypes: new Set(files.flatMap(({ labels }) => labels.relationTypes.map(({ name }) => name))).size,
    accepted: total(({ accepted }) => accepted),
    repaired: total(({ repaired }) => repaired),
    rejected: total(({ rejected }) => rejected),
    ambiguousAnchors: total(({ ambiguousAnchors }) => ambiguousAnchors),
    unanchored: total(({ unanchored }) => unanchored),
    problems: shortened(files.flatMap(({ problems }) => problems)),
    lostOnExport: files.flatMap(lossesOf),
    preview: sentences.slice(0, previewLength),
  }
}

function sentencesOf(doc: AnnotatedDoc): SentenceText[] {
  const table = createOffsetTable(doc.text)
  const words = wordsOf(doc.text, doc.tokens)
  return doc.sentences.flatMap(({ start, end }, index) => {
    const annotation = doc.annotations[index]
    const tokens = doc.tokens.slice(start, end)
    const offset = tokens[0]?.start ?? 0
    if (!annotation) return []
    return {
      text: table.slice(offset, tokens.at(-1)?.end ?? offset),
      tokens: tokens.map((token) => ({ start: token.start - offset, end: token.end - offset })),
      spans: annotation.spans.map((span) => ({ start: span.start, end: span.end, label: span.label })),
      triples: textTriples(words.slice(start, end), annotation),
    }
  })
}

/** The gravest first; a corpus can have more notes than anyone reads. */
function shortened(problems: readonly Problem[]): Problem[] {
  const order = ['rejected', 'repaired', 'note']
  const sorted = problems.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  const further = sorted.length - problemLimit
  const last = sorted[problemLimit]
  return further > 0 && last
    ? [
        ...sorted.slice(0, problemLimit),
        { file: last.file, line: null, message: `${further} further remarks are not listed`, severity: 'note' },
      ]
    : sorted
}

function lossesOf({ format, docs, labels }: ParsedFile): readonly string[] {
  if (!format.serialize) return [`${format.title} cannot be written: export as JSON lines to keep everything`]
  return format.serialize(docs, labels).losses
}
