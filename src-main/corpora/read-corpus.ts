/** Reads a file as a corpus: its format is named or recognised, its docs come one by one, and what it says is gathered on the way. */
import { AppError } from '#main/core/errors'
import type { Problem, ProblemCount } from '#main/core/problem'
import type { Source } from '#main/core/source'
import type { ReadSettings, SettingOffer } from '#main/document/read-settings'
import type { SymmetricTypes } from '#main/document/relation'
import { emptyLabelSet, mergeLabelSets, symmetricTypes, type LabelSet } from '#main/labels/label-set'
import type { OlderEncoding } from '#main/text/encoding-fault'
import type { CorpusFormat, ReadContext, ReadDoc } from './format.ts'
import type { ParseCounts } from './parse-counts.ts'
import { readableFormat, recognizedFormat } from './recognition.ts'
import { headOf } from './shared/file-head.ts'
import { createProblemLog, FileError, RecordError } from './shared/problem-log.ts'
import { orderRelations } from './shared/order-relations.ts'
import { createLabelCount } from './shared/used-labels.ts'
import { createTextInput, type TextInputOptions } from './text-input.ts'

export interface ReadChoice {
  /** Name of the format; found in the content when left out. */
  readonly format?: string | undefined
  readonly settings?: ReadSettings | undefined
  /** Relation types without a direction in the corpus that the file goes into; the file may name more. */
  readonly symmetric?: SymmetricTypes | undefined
  /** Encoding of files that are not UTF-8. */
  readonly encoding?: OlderEncoding | undefined
}

/** A file that is being read. What it says beside its docs is complete when the last of them has come. */
export interface CorpusReading {
  readonly format: CorpusFormat
  /** Evidence of the format, as words that follow "it has"; null when a person named it. */
  readonly evidence: string | null
  /** @throws AppError that names the file when it cannot be read as a whole; nothing of it may be taken then. */
  readonly docs: AsyncIterable<ReadDoc>
  report(): ReadReport
  /** A record is named when a problem that the report will list is of it. */
  names(record: number): boolean
}

export interface ReadReport {
  /** Understanding of the whole file, as words that follow "it has"; null where its beginning says it all. */
  readonly evidence: string | null
  /** The label set the file states, and the types that its docs use, in order of appearance. */
  readonly labels: LabelSet
  readonly problems: readonly Problem[]
  /** Number of problems that the list leaves out. */
  readonly unlisted: number
  /** All problems, by kind. */
  readonly kinds: readonly ProblemCount[]
  readonly counts: ParseCounts
  /** Repairs, each kind with its count: "2 numbers taken as text". */
  readonly repairs: readonly string[]
  /** Things that the file states again and that were taken once: "1 repeated span". */
  readonly repeats: readonly string[]
  /** Settings that would read more of this file. */
  readonly offers: readonly SettingOffer[]
}

export interface ReadOptions extends Omit<TextInputOptions, 'encoding'> {
  /** Called with each record that cannot be taken, before the next doc comes. */
  readonly onRejected?: (line: number, message: string) => void
}

/** @throws AppError 'unsupported-format' when no format is found, or the one that is named does not exist or is only written. */
export async function openCorpus(
  source: Source,
  choice: ReadChoice = {},
  options: ReadOptions = {},
): Promise<CorpusReading> {
  const { encoding, settings = {} } = choice
  const { format, evidence } =
    choice.format === undefined
      ? recognizedFormat(await headOf(createTextInput(source, { encoding, signal: options.signal })))
      : { format: readableFormat(choice.format), evidence: null }
  const input = createTextInput(source, { ...options, encoding })
  const log = createProblemLog(source.name, options.onRejected)
  const used = createLabelCount()
  let stated: LabelSet = emptyLabelSet
  const anchors = { ambiguousAnchors: 0, unanchored: 0 }
  let wholeEvidence: string | null = null
  const context: ReadContext = {
    ...{ log, settings },
    stateLabels: (labels) => void (stated = mergeLabelSets(stated, labels)),
    stateEvidence: (found) => void (wholeEvidence = found),
  }
  const symmetric = (): string[] => [...new Set([...(choice.symmetric ?? []), ...symmetricTypes(stated)])]
  async function* docs(): AsyncGenerator<ReadDoc> {
    try {
      for await (const stated of format.read(input, context)) {
        const doc = orderRelations(stated.doc, symmetric(), () => log.change('directions', stated.record))
        const read = { ...stated, doc }
        used.add(doc)
        for (const { ambiguousAnchors, unanchored } of read.doc.annotations) {
          anchors.ambiguousAnchors += ambiguousAnchors
          anchors.unanchored += unanchored.length
        }
        yield read
      }
    } catch (error) {
      // where a file is one record, what is wrong with the record is wrong with the file
      if (error instanceof FileError || error instanceof RecordError)
        throw new AppError('invalid-input', `${source.name}: ${error.message}.`)
      throw error
    }
  }
  return {
    format,
    evidence,
    docs: docs(),
    names: (record) => log.names(record),
    report: () => ({
      evidence: wholeEvidence,
      labels: mergeLabelSets(stated, used.labels()),
      problems: log.problems(),
      unlisted: log.unlisted(),
      kinds: log.kinds(),
      counts: { ...log.counts(), ...anchors },
      repairs: log.sentences('repairs'),
      repeats: log.sentences('repeats'),
      offers: log.offers(),
    }),
  }
}
