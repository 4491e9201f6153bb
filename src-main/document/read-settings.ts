/** ReadSettings: what a person chooses where a file does not say how it is to be read. */

export interface ReadSettings {
  /** Each line of a plain text is one sentence. */
  readonly sentencePerLine?: boolean | undefined
  /** A string of a triple also stands where the text spells it without accents: "Cancún" at "Cancun". */
  readonly foldAccents?: boolean | undefined
}

export type SettingName = keyof ReadSettings

/** A setting that would read more of a file than was read without it. */
export interface SettingOffer {
  readonly setting: SettingName
  /** Number of things that it would change: triples for accents, lines for sentences. */
  readonly count: number
  /** What it would do, as a sentence. */
  readonly message: string
}
