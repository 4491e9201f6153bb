/** ImportFold: gathers what an import does while its docs pass, the same words for the dry run and for the real one. */
import type { ImportedFile, ImportReport } from '#main/api/imports'
import type { AppError } from '#main/core/errors'
import type { Problem, ProblemCount } from '#main/core/problem'
import { kindOf } from '#main/core/problem-kind'
import type { CorpusFormat } from '#main/corpora/format'
import type { ReadReport } from '#main/corpora/read-corpus'
import { createLossCount, type LossCount } from '#main/corpora/shared/losses'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Split } from '#main/document/doc'
import type { SettingOffer } from '#main/document/read-settings'
import type { SentenceText } from '#main/document/sentence-row'
import type { SplittingCount } from '#main/document/corpus-summary'
import { describeSplitting } from '#main/text/splitting'
import { emptyLabelSet, mergeLabelSets, type LabelSet } from '#main/labels/label-set'
import { countOf } from '#main/text/numbers'
import { sentenceTexts, sentenceTriples } from './sentence-texts.ts'

const previewLength = 10
/** Number of problems that a report lists. */
const problemLimit = 1000
/** Number of problems of each severity that are kept with the corpus. */
const mostKept = 5000

export interface ImportFold {
  /** Counts a doc that goes into the split. */
  add(format: CorpusFormat, split: Split, doc: AnnotatedDoc): void
  /** Takes what a file said when all of its docs have passed. */
  endFile(file: ImportedFile, report: ReadReport): void
  note(problem: Problem): void
  readonly files: readonly ImportedFile[]
  /** Number of sentences so far. */
  sentences(): number
  labels(): LabelSet
  problems(): readonly Problem[]
  /** All problems by file and kind, those included that are not kept. */
  kinds(): readonly ProblemCount[]
  /** @param refusal why nothing of the files can be imported. */
  report(importId: number | null, refusal: AppError | null): ImportReport
}

export function createImportFold(): ImportFold {
  const counts = { sentences: 0, ownSplit: 0, triples: 0, spans: 0 }
  const splits = { train: 0, dev: 0, test: 0 }
  const records = { accepted: 0, repaired: 0, rejected: 0, ambiguousAnchors: 0, unanchored: 0 }
  const files: ImportedFile[] = []
  const preview: SentenceText[] = []
  const problems: Problem[] = []
  const kinds: ProblemCount[] = []
  const splittings = new Map<string, SplittingCount>()
  const told = { repairs: [] as Told[], repeats: [] as Told[], offers: [] as Told<SettingOffer>[] }
  const losses = new Map<CorpusFormat, LossCount>()
  /** Number of sentences of each layer, by its kind and name. */
  const layers = new Map<string, number>()
  /** Number of problems of each severity; of many files no more are kept than of one. */
  const kept = { rejected: 0, repaired: 0, note: 0 }
  let unlisted = 0
  let labels: LabelSet = emptyLabelSet
  const keep = (problem: Problem): void => {
    if (kept[problem.severity]++ < mostKept) problems.push(problem)
    else unlisted++
  }
  return {
    files,
    sentences: () => counts.sentences,
    labels: () => labels,
    problems: () => problems,
    kinds: () => kinds,
    note(problem) {
      kinds.push({
        file: problem.file,
        severity: problem.severity,
        kind: problem.kind ?? kindOf(problem.message),
        count: 1,
      })
      keep(problem)
    },
    add(format, split, doc) {
      const sentences = doc.annotations.length
      countSplitting(splittings, doc)
      counts.sentences += sentences
      splits[split] += sentences
      if (doc.split !== undefined) counts.ownSplit += sentences
      for (const triples of sentenceTriples(doc)) counts.triples += triples.length
      for (const { spans } of doc.annotations) counts.spans += spans.length
      for (const { kind, name } of doc.layers ?? []) {
        const layer = `${name} (${kind})`
        layers.set(layer, (layers.get(layer) ?? 0) + sentences)
      }
      if (preview.length < previewLength) preview.push(...sentenceTexts(doc, previewLength - preview.length))
      const count = losses.get(format) ?? createLossCount()
      losses.set(format, count)
      format.writer?.countLosses(doc, count)
    },
    endFile(file, report) {
      files.push(file)
      labels = mergeLabelSets(labels, report.labels)
      for (const name of Object.keys(records) as (keyof typeof records)[]) records[name] += report.counts[name]
      for (const problem of report.problems) keep(problem)
      unlisted += report.unlisted
      kinds.push(...report.kinds)
      const { name } = file
      told.repairs.push(...report.repairs.map((what) => ({ name, what })))
      told.repeats.push(...report.repeats.map((what) => ({ name, what })))
      told.offers.push(...report.offers.map((what) => ({ name, what })))
    },
    report: (importId, refusal) => ({
      importId,
      ...{ files, splits, ...counts, ...records },
      format: [...new Set(files.map(({ format }) => format))].join(', '),
      relationTypes: labels.relationTypes.length,
      layers: Array.from(layers, ([layer, count]) => `${layer}: ${countOf(count, 'sentence')}`),
      splittings: [...splittings.values()].toSorted((a, b) => b.documents - a.documents),
      problems: shortened(problems, unlisted),
      repairs: told.repairs.map((one) => named(one, files)),
      repeats: told.repeats.map((one) => named(one, files)),
      offers: [...mergeOffers(told.offers, files), ...annotatorOffer(files)],
      refusal: refusal?.message ?? null,
      canReadOtherwise: refusal?.details === 'older encoding',
      lostOnExport: Array.from(losses, ([format, count]) => lossesOf(format, count)).flat(),
      preview,
    }),
  }
}

function countSplitting(counts: Map<string, SplittingCount>, doc: AnnotatedDoc): void {
  const splitting = doc.splitting ?? null
  const key = splitting ? describeSplitting(splitting) : ''
  counts.set(key, { splitting, documents: (counts.get(key)?.documents ?? 0) + 1 })
}

/** Told: a statement of a file. */
interface Told<What = string> {
  readonly name: string
  readonly what: What
}

/** Which of several files is meant. */
function named({ name, what }: Told, { length }: readonly ImportedFile[]): string {
  return length > 1 ? `${name}: ${what}` : what
}

/** One offer for each setting; where several files make it, the largest speaks for all with the sum. */
function mergeOffers(offers: readonly Told<SettingOffer>[], files: readonly ImportedFile[]): SettingOffer[] {
  const bySetting = Map.groupBy(
    offers.map(({ name, what }) => ({ ...what, message: named({ name, what: what.message }, files) })),
    ({ setting }) => setting,
  )
  return Array.from(bySetting.values(), (same) => ({
    ...same.reduce((most, offer) => (offer.count > most.count ? offer : most)),
    count: same.reduce((sum, { count }) => sum + count, 0),
  }))
}

/** The offer to keep files apart that hold the same documents by several annotators. */
function annotatorOffer(files: readonly ImportedFile[]): SettingOffer[] {
  const layers = files.filter(({ layerOf }) => layerOf !== null)
  const [first, ...others] = layers
  if (!first) return []
  const message =
    others.length === 0
      ? `${first.name} holds documents of ${first.layerOf ?? ''} by another annotator and becomes a layer of them; it can make documents of its own instead`
      : `${layers.length} files hold documents of others by further annotators and become layers of them; they can make documents of their own instead`
  return [{ setting: 'keepApart', count: layers.length, message }]
}

/** The gravest first; a corpus can have more notes than anyone reads. */
function shortened(problems: readonly Problem[], unlisted: number): Problem[] {
  const order = ['rejected', 'repaired', 'note']
  const sorted = problems.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  const further = Math.max(0, sorted.length - problemLimit) + unlisted
  const last = sorted.at(-1)
  if (further === 0 || !last) return sorted.slice(0, problemLimit)
  const rest = { file: last.file, line: null, message: `${further} further remarks are not listed`, severity: 'note' }
  return [...sorted.slice(0, problemLimit), { ...rest, severity: 'note' }]
}

function lossesOf({ writer, title }: CorpusFormat, losses: LossCount): readonly string[] {
  return writer ? losses.sentences() : [`${title} cannot be written: export as JSON lines to keep everything`]
}
