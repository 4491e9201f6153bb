/** Doc: a text with its tokens and sentences, which is annotated. */
import type { Json } from '#main/core/json'
import type { Splitting } from '#main/text/splitting'

/** A word of a Doc. Offsets are Unicode code points into `Doc.text`, `end` exclusive. */
export interface Token {
  readonly start: number
  readonly end: number
  /** Part of speech as the corpus names it ("NNP"); left out where it says none. */
  readonly pos?: string
}

/** A half-open range of tokens that training treats as one sequence. */
export interface Sentence {
  readonly start: number
  readonly end: number
}

/** One text exactly as imported: never trimmed, never normalised. */
export interface Doc {
  readonly id: string
  readonly text: string
  readonly tokens: readonly Token[]
  readonly sentences: readonly Sentence[]
  /** Rules by which its words and sentences were found; left out where the file gives them. */
  readonly splitting?: Splitting | undefined
  /** Keys of the source file that Espalier does not understand; written back on export. */
  readonly sourceExtra?: Json
}

export const splits = ['train', 'dev', 'test'] as const
export type Split = (typeof splits)[number]
