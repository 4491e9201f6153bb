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
  /** When share or seed changed last, in milliseconds since 1970: before that, other sentences were blind. */
  readonly blindSinceMs: number
}
