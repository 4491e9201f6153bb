/** What a run card shows beside its run, made up. */
import type { formatRunCard } from '#main/comparison/run-card'
import { toScores } from '#main/evaluation/scores'
import { evaluationOf } from './compared-runs.ts'
import { makePoint } from './renderer-runs.ts'

const novelty = [{ label: 'unseen', sentences: 2, scores: toScores(2, 2, 1) }]

export const cardParts: Omit<Parameters<typeof formatRunCard>[0], 'run'> = {
  parentName: null,
  points: [makePoint(1, 3), makePoint(2, 7)],
  weights: { all: 1200, withoutVectors: 800 },
  split: 'test',
  evaluation: {
    ...evaluationOf(toScores(10, 10, 8), novelty),
    ...{
      split: 'test',
      thresholds: { usual: 0.5, byRelation: {} },
      spread: null,
      changedSentences: 0,
      hasCounts: true,
    },
    ...{ predictedMs: Date.UTC(2026, 10, 29, 12), scoredMs: Date.UTC(2026, 10, 29, 12) },
  },
  calibration: null,
  versions: { espalier: '0.1.0', node: '24' },
}
