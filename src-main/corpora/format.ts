/** CorpusFormat: a file format is a text parser that tells what it could not read, and a serializer that tells what it loses. */
import type { Problem } from '#main/core/problem'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'

export interface ParsedCorpus {
  readonly docs: readonly AnnotatedDoc[]
  /** The label set the file states, else the types it uses in order of appearance. */
  readonly labels: LabelSet
  readonly problems: readonly Problem[]
  readonly counts: ParseCounts
}

/** Records are the format's own unit: an array element, a line, a file. */
export interface ParseCounts {
  /** Records taken as they stand. */
  readonly accepted: number
  /** Records taken after a repair that `problems` names. */
  readonly repaired: number
  readonly rejected: number
  /** Triples. */
  readonly ambiguousAnchors: number
  readonly unanchored: number
}

export interface SerializedCorpus {
  readonly text: string
  /** Plain sentences, each one kind of loss with its count; empty when nothing is lost. */
  readonly losses: readonly string[]
}

export interface CorpusFormat {
  readonly name: string
  readonly title: string
  /** With the dot, most usual first. */
  readonly extensions: readonly string[]
  /** What survives a round trip, in plain words. */
  readonly keeps: readonly string[]
  /** Why this file is taken to be of this format, in a sentence; null when it is not. */
  recognize(fileName: string, text: string): string | null
  /** Never throws on bad input: what cannot be read is listed in `problems`. */
  parse(text: string, fileName: string): ParsedCorpus
  /** null for formats that are only read. */
  readonly serialize: ((docs: readonly AnnotatedDoc[], labels: LabelSet) => SerializedCorpus) | null
}
