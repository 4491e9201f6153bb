/** Settings of the whole program, which the workspace stores. */

import type { Reading } from './reading.ts'

export interface Settings {
  readonly annotator: string
  /** Whether the list of first steps was hidden. */
  readonly hasSeenTour: boolean
  /** Keys of the editor that differ from the usual ones, by name of the action. */
  readonly shortcuts: Readonly<Record<string, readonly string[]>>
  /** Whether single characters alone are keys. */
  readonly hasLetterKeys: boolean
  /** Share of sentences that are shown without suggestions, 0 to 1; the seed draws them. */
  readonly blindShare: number
  readonly blindSeed: number
  /** Time of the last change of the share, the seed or `suggestOnTest`, in milliseconds since 1970; before it, other sentences had no suggestions. */
  readonly blindSinceMs: number
  /** Whether sentences of the test split are shown with suggestions. */
  readonly suggestOnTest: boolean
  /** How people read in the editor, by the name of the annotator; whoever is not here reads as usual. */
  readonly reading: Readonly<Record<string, Reading>>
  /** Number of daily backups that are kept; 0 makes none. */
  readonly dailyBackups: number
}
