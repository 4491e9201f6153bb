/** Early effects: what the final predictions of a run score when its maps are shown something else than its early predictions. */
import type { EarlyInput } from '#main/runs/early-input'
import type { Spread } from '#main/evaluation/spread'
import type { Scores } from '#main/evaluation/scores'

export interface EarlyEffect {
  /** "predicted" is the run as it is. */
  readonly input: 'predicted' | EarlyInput
  /** Exact triples; those of words where the run learns no entities. */
  readonly triples: Scores
  readonly entities: Scores
}

export interface EarlyEffects {
  readonly sentences: number
  /** What the epoch of the run was selected by. */
  readonly of: Spread['of']
  /** The run as it is first. */
  readonly rows: readonly EarlyEffect[]
}

/** In plain words, what the figures say. */
export function describeEffects({ rows, of }: EarlyEffects): string {
  const f1Of = (input: EarlyEffect['input']): number => {
    const row = rows.find((one) => one.input === input)
    return (of === 'entities' ? row?.entities : row?.triples)?.f1 ?? 0
  }
  const [own, gold, noise, nothing] = [f1Of('predicted'), f1Of('gold'), f1Of('noise'), f1Of('nothing')]
  const points = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`
  const ofGold =
    gold < own
      ? `Gold in place of the early predictions changes the final F1 by ${points(gold - own)} points: the maps were trained with probabilities and take certainty for something else, so this bounds nothing.`
      : `Gold in place of the early predictions changes the final F1 by ${points(gold - own)} points, which is what right early predictions would give this model.`
  return `${ofGold} Without any it changes by ${points(nothing - own)}, with those of other words by ${points(noise - own)}: so much of its score this model, which was trained with them, takes from them.`
}
