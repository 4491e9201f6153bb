/** RunCalibration: what is known from dev about the probabilities of a run, and about texts like those it learnt from. */
import type { Signature } from '#main/labels/label-set'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { chooseCalibration, type ChosenCalibration } from './choose-calibration.ts'
import type { StringMode } from './match-strings.ts'
import type { TextProfile } from './text-profile.ts'
import { goldByRelation, tripleGuesses, type TripleGuess } from './triple-guesses.ts'

/** Raised whenever the same predictions and gold would give another calibration: older ones are computed again. */
export const calibrationVersion = 2

/** Guesses of one relation type; the three lists have one entry for each. */
export interface RelationGuesses {
  readonly probabilities: readonly number[]
  /** 1 where gold has it. */
  readonly right: readonly (0 | 1)[]
  /** Index of the sentence in dev. */
  readonly sentences: readonly number[]
}

export interface RunCalibration extends ChosenCalibration {
  /** What counts as right: both strings, or the word that stands for each in a model without entities. */
  readonly mode: StringMode
  /** Number of sentences of dev. */
  readonly sentences: number
  /** Number of gold triples of dev by relation type. */
  readonly gold: Readonly<Record<string, number>>
  /** Every guess on dev, from the least stored probability on: thresholds for any precision are chosen on them. */
  readonly guesses: Readonly<Record<string, RelationGuesses>>
  /** Types that relations join in the gold of train. */
  readonly seen: readonly Signature[]
  /** What dev is like, in tenths (sentence i belongs to tenth i modulo 10); empty where the words of train are not known. */
  readonly text: readonly TextProfile[]
}

/** A calibration as it is stored. */
export interface StoredCalibration extends RunCalibration {
  readonly runId: string
  /** Epoch of the weights that it is of. */
  readonly checkpointEpoch: number
  readonly version: number
  /** SHA-256 of the words and gold of dev. */
  readonly devSha256: string
  readonly computedMs: number
}

/** Yields between parts of the work. */
export function* calibrateRun(
  dev: readonly LabelledSentence[],
  predictions: readonly (Prediction | null | undefined)[],
  mode: StringMode,
): Generator<void, Omit<RunCalibration, 'seen' | 'text'>> {
  const guesses = tripleGuesses(dev, predictions, mode)
  const chosen = yield* chooseCalibration(guesses)
  return {
    ...chosen,
    ...{ mode, sentences: dev.length },
    gold: Object.fromEntries(goldByRelation(dev, mode)),
    guesses: packGuesses(guesses),
  }
}

export function packGuesses(guesses: readonly TripleGuess[]): RunCalibration['guesses'] {
  return Object.fromEntries(
    [...Map.groupBy(guesses, ({ relation }) => relation)].map(([relation, own]): [string, RelationGuesses] => [
      relation,
      {
        probabilities: own.map(({ probability }) => probability),
        right: own.map(({ isRight }) => (isRight ? 1 : 0)),
        sentences: own.map(({ sentence }) => sentence),
      },
    ]),
  )
}

export function unpackGuesses(packed: RunCalibration['guesses']): TripleGuess[] {
  return Object.entries(packed).flatMap(([relation, { probabilities, right, sentences }]) =>
    probabilities.map((probability, at) => ({
      ...{ relation, probability },
      ...{ isRight: right[at] === 1, sentence: sentences[at] ?? 0 },
    })),
  )
}

export function goldCount({ gold }: Pick<RunCalibration, 'gold'>): number {
  return Object.values(gold).reduce((sum, count) => sum + count, 0)
}
