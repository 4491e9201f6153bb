/** CorpusFormat: a file format is a text parser that tells what it could not read, and a serializer that tells what it loses. */
import type { Annotation } from '#main/document/annotation'
import type { Doc, Split } from '#main/document/doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { Change } from '#main/document/operation'
import type { LabelSet } from '#main/labels/label-set'
import { casrelJson } from './formats/casrel-json/read.ts'
import { jsonl } from './formats/jsonl/jsonl.ts'
import { plainText } from './formats/plain-text/read.ts'
import { pmeiLines } from './formats/pmei-lines/read.ts'

/** One row of a sentence's operation log as a file keeps it: ids are given anew where it is imported. */
export interface RecordedOperation {
  readonly author: string
  /** Milliseconds since 1970. */
  readonly atMs: number
  readonly description: string
  readonly changes: readonly Change[]
  /** Index in the same history of the operation this one takes back or does again; null for a first-hand act. */
  readonly undoes: number | null
}

/** What a file says of one sentence. Token indices count from the sentence's first token; ids are unique within the sentence. */
export interface SentenceAnnotation extends Annotation {
  readonly unanchored: readonly TextTriple[]
  /** Triples of which a string stands more than once in the sentence; the first occurrence was taken. */
  readonly ambiguousAnchors: number
  /** How often the file states a triple of this sentence again, word for word: gold is a set, but published class counts are not. */
  readonly repeatedTriples: number
  /** The acts that led to this annotation, oldest first; empty when the file does not tell. */
  readonly history: readonly RecordedOperation[]
}

export interface AnnotatedDoc extends Doc {
  /** One per sentence of the Doc, in the same order. */
  readonly annotations: readonly SentenceAnnotation[]
  /** The split the file itself names. */
  readonly split?: Split
}

/** Structurally the `Problem` of the contract. */
export interface ParseProblem {
  readonly file: string
  /** Line or record, from 1; null when the file as a whole is meant. */
  readonly line: number | null
  readonly message: string
  readonly severity: 'rejected' | 'repaired' | 'note'
}

export interface ParsedCorpus {
  readonly docs: readonly AnnotatedDoc[]
  /** The label set the file states, else the types it uses in order of appearance. */
  readonly labels: LabelSet
  readonly problems: readonly ParseProblem[]
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

/** Every format, the most specific first: recognition asks them in this order. */
export const formats: readonly CorpusFormat[] = [jsonl, casrelJson, pmeiLines, plainText]

export function findFormat(name: string): CorpusFormat | undefined {
  return formats.find((format) => format.name === name)
}

/** The first format that knows the file, with its reason; null when none does. */
export function recognizeFormat(fileName: string, text: string): { format: CorpusFormat; evidence: string } | null {
  for (const format of formats) {
    const evidence = format.recognize(fileName, text)
    if (evidence) return { format, evidence }
  }
  return null
}
