/** ImportReport: what an import does, the same words for the dry run and for the real one. */
import type { ImportReport } from '#main/api/corpora'
import type { AppError } from '#main/core/errors'
import type { Problem } from '#main/core/problem'
import type { Split } from '#main/document/doc'
import type { SettingOffer } from '#main/document/read-settings'
import type { SentenceText } from '#main/document/sentence-row'
import { wordsOf } from '#main/text/words'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { ParsedCorpus } from '#main/corpora/format'
import { createOffsetTable } from '#main/text/code-points'
import { textTriples } from '#main/storage/sentence-facts'
import type { ParsedFile } from './import-files.ts'

const previewLength = 10
const problemLimit = 1000

/** `split` is where docs go that name none; `refusal` is why nothing of the files can be imported. */
export function reportOf(files: readonly ParsedFile[], split: Split, refusal: AppError | null): ImportReport {
  const sentences = files.flatMap(({ docs }) => docs.flatMap(sentencesOf))
  const total = (count: (counts: ParsedCorpus['counts']) => number) =>
    files.reduce((sum, { counts }) => sum + count(counts), 0)
  return {
    format: [...new Set(files.map(({ format }) => format.name))].join(', '),
    files: files.map(({ name }) => name),
    sentences: sentences.length,
    splits: splitSizes(files, split),
    ownSplit: countSentences(files.flatMap(({ docs }) => docs.filter((doc) => doc.split !== undefined))),
    triples: sentences.reduce((sum, { triples }) => sum + triples.length, 0),
    spans: sentences.reduce((sum, { spans }) => sum + spans.length, 0),
    relationTypes: new Set(files.flatMap(({ labels }) => labels.relationTypes.map(({ name }) => name))).size,
    accepted: total(({ accepted }) => accepted),
    repaired: total(({ repaired }) => repaired),
    rejected: total(({ rejected }) => rejected),
    ambiguousAnchors: total(({ ambiguousAnchors }) => ambiguousAnchors),
    unanchored: total(({ unanchored }) => unanchored),
    problems: shortened(files.flatMap(({ problems }) => problems)),
    repairs: files.flatMap((file) => file.repairs.map((repair) => named(file, repair, files))),
    repeats: files.flatMap((file) => file.repeats.map((repeat) => named(file, repeat, files))),
    offers: mergeOffers(files),
    refusal: refusal?.message ?? null,
    lostOnExport: files.flatMap(lossesOf),
    preview: sentences.slice(0, previewLength),
  }
}

function splitSizes(files: readonly ParsedFile[], split: Split): Record<Split, number> {
  const bySplit = Map.groupBy(
    files.flatMap(({ docs }) => docs),
    (doc) => doc.split ?? split,
  )
  const sizeOf = (name: Split) => countSentences(bySplit.get(name) ?? [])
  return { train: sizeOf('train'), dev: sizeOf('dev'), test: sizeOf('test') }
}

function countSentences(docs: readonly AnnotatedDoc[]): number {
  return docs.reduce((sum, { annotations }) => sum + annotations.length, 0)
}

/** Which of several files is meant. */
function named({ name }: ParsedFile, what: string, { length }: readonly ParsedFile[]): string {
  return length > 1 ? `${name}: ${what}` : what
}

/** One offer for each setting; where several files make it, the largest speaks for all with the sum. */
function mergeOffers(files: readonly ParsedFile[]): SettingOffer[] {
  const bySetting = Map.groupBy(
    files.flatMap((file) => file.offers.map((offer) => ({ ...offer, message: named(file, offer.message, files) }))),
    ({ setting }) => setting,
  )
  return Array.from(bySetting.values(), (offers) => ({
    ...offers.reduce((most, offer) => (offer.count > most.count ? offer : most)),
    count: offers.reduce((sum, { count }) => sum + count, 0),
  }))
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
