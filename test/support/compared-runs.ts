/** Runs with made-up scores, as a comparison takes them. */
import type { ComparedRun } from '#main/comparison/compared-run'
import type { Evaluation } from '#main/evaluation/evaluation'
import type { MatchMode } from '#main/evaluation/match-mode'
import { toScores, type Scores } from '#main/evaluation/scores'
import { defaultModel, defaultTraining, type RunConfig } from '#main/runs/config'
import { variants, type VariantName } from '#main/runs/variants'

export function configOf(variant: VariantName, seed: number, training: Partial<RunConfig['training']> = {}): RunConfig {
  return {
    variant,
    preset: 'recommended',
    model: { ...variants[variant], ...defaultModel },
    training: { ...defaultTraining, ...training, seed },
    vectors: null,
    backend: 'wasm',
    threads: 1,
  }
}

/** `correct` of 10 triples are found among 10 predicted ones; 8 of them were seen in training. */
export function comparedRun(
  variant: VariantName,
  seed: number,
  correct: number,
  part: Partial<ComparedRun> = {},
): ComparedRun {
  return {
    runId: `${variant}-${seed}`,
    name: `${variant} seed ${seed}`,
    config: configOf(variant, seed),
    trainSha256: 'a'.repeat(64),
    fromRunId: null,
    isFinished: true,
    isTuned: false,
    changedSentences: 0,
    hasCounts: true,
    evaluation: evaluationOf(toScores(10, 10, correct), [
      { label: 'seen', sentences: 4, scores: toScores(8, 8, Math.min(8, correct)) },
      { label: 'unseen', sentences: 2, scores: toScores(2, 2, Math.max(0, correct - 8)) },
    ]),
    secondsPerEpoch: 2 * seed,
    ...part,
  }
}

export function evaluationOf(
  scores: Scores,
  novelty: Evaluation['breakdowns']['exact'][number]['rows'] = [],
): Evaluation {
  const everyMode = <Value>(value: Value): Record<MatchMode, Value> => ({
    ...{ exact: value, partial: value, 'partial-first': value, span: value, cell: value, 'cell-any': value },
  })
  return {
    sentences: 6,
    uniqueTriples: 10,
    triples: everyMode(scores),
    earlyTriples: null,
    entities: { all: scores, inTriples: scores },
    breakdowns: everyMode([{ name: 'novelty', rows: novelty }]),
  }
}
