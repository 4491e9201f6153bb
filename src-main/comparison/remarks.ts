/** Remarks: plain sentences under a comparison about its protocol, and about conclusions that it does not allow. */
import type { Split } from '#main/document/doc'
import { matchModeMeanings, type MatchMode } from '#main/evaluation/match-mode'
import { isStringMode } from '#main/evaluation/match-strings'
import { describeChanges } from '#main/evaluation/stored-evaluation'
import type { ComparedRun, ComparedSystem, ComparisonFrame } from './compared-run.ts'
import { labelGroups } from './run-groups.ts'

export function remarksOf(
  runs: readonly ComparedRun[],
  { split, match, floor, wholeOracles = [] }: ComparisonFrame,
): string[] {
  const groups = labelGroups(runs)
  const unfinished = runs.filter(({ isFinished }) => !isFinished).map(({ name }) => name)
  const states = new Set(runs.map(({ trainSha256 }) => trainSha256)).size
  const onTest = runs.filter(({ config }) => config.training.selectOn === 'test').map(({ name }) => name)
  const tuned = runs.filter(({ isTuned }) => isTuned).map(({ name }) => name)
  const twins = groups.filter((group) => new Set(group.runs.map(seedOf)).size < group.runs.length)
  return [
    `A triple is right when ${matchModeMeanings[match]}. Gold is never filtered; ${
      onTest.length === 0
        ? 'epochs were selected on dev, never on test'
        : 'epochs were selected on dev but for those named below'
    }.`,
    ...(onTest.length > 0
      ? [
          `The epochs of these runs were selected on the test split, as in the released code, so their test scores are too high: ${onTest.join(', ')}.`,
        ]
      : []),
    ...(tuned.length > 0 && split === 'dev'
      ? [
          `The thresholds of these runs were tuned on this split, so their scores here are too high: ${tuned.join(', ')}.`,
        ]
      : []),
    ...(tuned.length > 0 && tuned.length < runs.length
      ? [`Only these runs were scored with thresholds tuned on dev: ${tuned.join(', ')}. Tune all of them, or none.`]
      : []),
    ...runs.flatMap(({ name, changedSentences }) =>
      changedSentences > 0
        ? [
            `${name} was ${describeChanges({ changedSentences })}: its figures are of the gold before. Score it again to compare it.`,
          ]
        : [],
    ),
    ...twins.map(({ label }) => `Runs of ${label} share a seed: their deviation says less than the number of runs.`),
    ...(states > 1
      ? ['The runs were trained on different states of the train split: part of a difference may be the data.']
      : []),
    ...(unfinished.length > 0
      ? [
          `These runs were not trained to their end and were scored with their best checkpoint so far: ${unfinished.join(', ')}.`,
        ]
      : []),
    floor ? floorRemark(floor.fraction) : noFloorRemark(split, match),
    'The oracle is the score of perfect tags and cells: the ceiling of the label scheme.',
    ...wholeOracles.map(
      ({ family }) => `${family} has no tags: the oracle of ${family} is the score of its own perfect outputs.`,
    ),
  ]
}

/** What is known of predictions that no run of this workspace made. */
export function systemRemarks(systems: readonly ComparedSystem[]): string[] {
  return systems.map(({ name, seed, fileName, notes }) =>
    [
      `${seed === null ? name : `${name} seed ${seed}`} is scored from ${fileName}: how it was trained, selected and given thresholds is not known here.`,
      ...notes,
    ].join(' '),
  )
}

function seedOf({ config }: ComparedRun): number {
  return config.training.seed
}

function floorRemark(fraction: number): string {
  const percent = Math.round(fraction * 100)
  const kept =
    percent === 0
      ? 'finds each of them wherever both of its strings stand in a sentence'
      : `keeps those that were gold in at least ${percent} % of the sentences that hold both strings`
  return `The memory floor remembers training triples and ${kept}.`
}

function noFloorRemark(split: Split, match: MatchMode): string {
  if (!isStringMode(match)) return `The memory floor compares strings, so there is none for ${match} matching.`
  return split === 'train'
    ? 'There is no memory floor for the train split: it would remember that very split.'
    : 'There is no memory floor: the train split is empty, so nothing can be remembered.'
}
