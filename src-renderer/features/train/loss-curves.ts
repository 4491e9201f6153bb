/** The curves of a run: the parts of its loss, and its dev scores in a match mode or of the entities. */
import { matchModes, type MatchMode } from '#main/evaluation/match-mode'
import { scoresIn, type LossParts, type MetricPoint } from '#main/runs/run'
import type { Task } from '#main/runs/variant'

export interface CurveSeries {
  readonly name: string
  readonly points: [number, number][]
  readonly isDashed?: boolean
  readonly isBold?: boolean
}

const lossNames: Record<keyof LossParts, string> = {
  total: 'total',
  entity: 'entities',
  relation: 'relations',
  earlyEntity: 'early entities',
  earlyRelation: 'early relations',
  klEntity: 'KL, entities',
  klRelation: 'KL, relations',
}

/** Curves of the loss. A part that is always zero does not exist in the variant; single zeros have no place on a log scale. */
export function lossCurves(points: readonly MetricPoint[]): CurveSeries[] {
  const parts = Object.keys(lossNames) as (keyof LossParts)[] // the keys of the table above
  return parts
    .map((part) => ({
      name: lossNames[part],
      points: points
        .filter(({ losses }) => losses[part] > 0)
        .map(({ epoch, losses }): [number, number] => [epoch, losses[part]]),
      isBold: part === 'total',
      isDashed: part.startsWith('early') || part.startsWith('kl'),
    }))
    .filter(({ points: own }) => own.length > 0)
}

export type Scored = MatchMode | 'entities'

/** The scores that a model of these tasks has. */
export function scoredBy(tasks: readonly Task[]): Scored[] {
  return [...(tasks.includes('relation') ? matchModes : []), ...(tasks.includes('entity') ? ['entities' as const] : [])]
}

/** Curves of the dev scores, in percent by epoch. */
export function devCurves(points: readonly MetricPoint[], scored: Scored): CurveSeries[] {
  const figures = [
    { name: 'F1', pick: 'f1', isBold: true },
    { name: 'precision', pick: 'precision', isBold: false },
    { name: 'recall', pick: 'recall', isBold: false },
  ] as const
  return figures.map(({ name, pick, isBold }) => ({
    name,
    points: points.flatMap(({ epoch, dev, devEntities }): [number, number][] => {
      const scores = scored === 'entities' ? devEntities : scoresIn(dev, scored)
      return scores ? [[epoch, 100 * scores[pick]]] : []
    }),
    isBold,
  }))
}
