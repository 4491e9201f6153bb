/** CorpusFormat: a file format is a reader that tells what it could not read, and a writer that tells what it loses. */
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { ReadSettings, SettingName } from '#main/document/read-settings'
import type { LabelSet } from '#main/labels/label-set'
import type { FileHead } from './shared/file-head.ts'
import type { LossCount } from './shared/losses.ts'
import type { ProblemLog } from './shared/problem-log.ts'
import type { TextInput } from './text-input.ts'

export interface ReadDoc {
  readonly doc: AnnotatedDoc
  /** Number of the record or line it was read from, from 1. */
  readonly record: number
}

export interface ReadContext {
  readonly log: ProblemLog
  readonly settings: ReadSettings
  /** Tells the label set that the file states. Types that its docs use are added by themselves. */
  stateLabels(labels: LabelSet): void
  /** Tells how the file as a whole was understood, as words that follow "it has"; they replace what its beginning showed. */
  stateEvidence(evidence: string): void
}

/** A file that says something about others and holds no corpus itself: rel2id.json, annotation.conf. */
export interface Companion {
  /** Title of the companion, as in "rel2id.json is a map of relation names". */
  readonly title: string
  recognize(file: FileHead): boolean
}

export interface CorpusWriter {
  /** `folder`: the files of the corpus are those that the writer opens beside the sink, which itself stays empty. */
  readonly layout: 'file' | 'folder'
  /** Counts what of a doc cannot be written. */
  countLosses(doc: AnnotatedDoc, losses: LossCount): void
  write(docs: AsyncIterable<AnnotatedDoc>, labels: LabelSet, sink: Sink): Promise<void>
}

export interface CorpusFormat {
  readonly name: string
  readonly title: string
  /** File name extensions with their dot, most usual first. */
  readonly extensions: readonly string[]
  /** Names of the parts that survive a round trip, in plain words. */
  readonly keeps: readonly string[]
  /** Settings that change how a file is read. */
  readonly settings: readonly SettingName[]
  /** Evidence that a file is of this format, as words that follow "it has"; null when there is none. */
  recognize(file: FileHead): string | null
  readonly companions?: readonly Companion[]
  /** True where annotators of the same documents may have files of their own. */
  readonly hasFilePerAnnotator?: boolean
  /**
   * The docs in the order of the file, held one at a time. What cannot be taken is told to the log, record by record. null for
   * formats that are only written.
   * @throws FileError when the file as a whole cannot be read; AppError when its bytes cannot.
   */
  readonly read: ((input: TextInput, context: ReadContext) => AsyncIterable<ReadDoc>) | null
  /** null for formats that are only read. */
  readonly writer: CorpusWriter | null
}
