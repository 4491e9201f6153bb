/** Runs, points and evaluations made up for tests of the window. */
import type { MatchMode } from '#main/evaluation/match-mode'
import { toScores, type Scores } from '#main/evaluation/scores'
import { defaultLstm, defaultTraining } from '#main/runs/config'
import { designOf } from '#main/runs/design'
import type { ModelName } from '#main/runs/model-name'
import type { MetricPoint, Run } from '#main/runs/run'
import { usualValues } from '#main/runs/setting-values'

export function makeRun(variant: ModelName, seed: number, part: Partial<Run> = {}): Run {
  const split = { sentences: 10, triples: 12, sha256: 'a'.repeat(64) }
  return {
    runId: `${variant}-${seed}`,
    experimentId: 'first',
    name: `${variant} seed ${seed}`,
    note: '',
    corpusId: 1,
    status: 'finished',
    config: {
      variant,
      preset: 'recommended',
      model: designOf(
        variant,
        { ...usualValues('model', 'rin'), encoder: defaultLstm },
        { tags: ['O'], relations: [] },
      ),
      training: { ...defaultTraining, seed },
      vectors: null,
      backend: 'wasm',
      threads: 1,
    },
    data: { corpusName: 'people', splits: { train: split, dev: split, test: split } },
    fromRunId: null,
    createdMs: 1000,
    finishedMs: 2000,
    epoch: 3,
    bestEpoch: 2,
    bestDev: toScores(10, 10, 8),
    device: 'WASM',
    failure: null,
    ...part,
  }
}

/** A point whose dev F1 is `correct` of 10 in every match mode. */
export function makePoint(epoch: number, correct = 5, losses: Partial<MetricPoint['losses']> = {}): MetricPoint {
  const scores = toScores(10, 10, correct)
  const none = { earlyEntity: 0, earlyRelation: 0, klEntity: 0, klRelation: 0 }
  return {
    epoch,
    step: epoch * 7,
    losses: { total: 3, entity: 1, relation: 2, ...none, ...losses },
    dev: everyMode(scores),
    devEntities: scores,
    seconds: 1.5,
    sentencesPerSecond: 200,
    memoryMb: 350,
  }
}

export function everyMode<T>(value: T): Record<MatchMode, T> {
  return { exact: value, partial: value, 'partial-first': value, span: value, cell: value, 'cell-any': value }
}

export const scoresOf = (gold: number, predicted: number, correct: number): Scores => toScores(gold, predicted, correct)
