/** CorpusFormat: a file format is a text parser that tells what it could not read, and a serializer that tells what it loses. */
import type { Problem } from '#main/core/problem'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import type { ReadSettings, SettingOffer } from '#main/document/read-settings'
import type { ParseCounts } from './parse-counts.ts'
import type { FileHead } from './shared/file-head.ts'

export interface ParsedCorpus {
  readonly docs: readonly AnnotatedDoc[]
  /** The record of each doc, by number from 1. */
  readonly records: readonly number[]
  /** The label set the file states, else the types it uses in order of appearance. */
  readonly labels: LabelSet
  readonly problems: readonly Problem[]
  readonly counts: ParseCounts
  /** Repairs, each kind with its count: "2 numbers taken as text". */
  readonly repairs: readonly string[]
  /** Things that the file states again and that were taken once: "1 repeated span". */
  readonly repeats: readonly string[]
  /** Settings that would read more of this file. */
  readonly offers: readonly SettingOffer[]
}

export interface SerializedCorpus {
  readonly text: string
  /** Plain sentences, each one kind of loss with its count; empty when nothing is lost. */
  readonly losses: readonly string[]
}

export interface CorpusFormat {
  readonly name: string
  readonly title: string
  /** File name extensions with their dot, most usual first. */
  readonly extensions: readonly string[]
  /** What survives a round trip, in plain words. */
  readonly keeps: readonly string[]
  /** What shows that a file is of this format, as words that follow "it has"; null when nothing does. */
  recognize(file: FileHead): string | null
  /** Never throws on bad input: what cannot be read is listed in `problems`. */
  parse(text: string, fileName: string, settings?: ReadSettings): ParsedCorpus
  /** null for formats that are only read. */
  readonly serialize: ((docs: readonly AnnotatedDoc[], labels: LabelSet) => SerializedCorpus) | null
}
