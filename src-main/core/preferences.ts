/** What a person has chosen for the whole program; it is kept in the workspace. */

export interface Settings {
  readonly annotator: string
  readonly hasSeenTour: boolean
  /** Keys of the editor that differ from the usual ones, by name of the act. */
  readonly shortcuts: Readonly<Record<string, readonly string[]>>
  /** May single characters be keys? */
  readonly hasLetterKeys: boolean
  /** Share of sentences that come without suggestions, 0 to 1; which ones is drawn by the seed. */
  readonly blindShare: number
  readonly blindSeed: number
  /** Moment at which the share, the seed or `suggestOnTest` changed last, in milliseconds since 1970: before it, other sentences were held back. */
  readonly blindSinceMs: number
  /** Whether sentences of the test split come with suggestions. */
  readonly suggestOnTest: boolean
}
