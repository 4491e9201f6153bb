/** What the charts of a comparison need of stored predictions, computed in the thread that reads. */
import { breakdownIntervals, type BreakdownIntervals, type PredictedRow } from '#main/comparison/charts/breakdown-bars'
import { confusionOf, type Confused } from '#main/comparison/charts/confusion'
import type { GridCell } from '#main/comparison/charts/chart'
import { runProbabilities, type ProbableRow, type RunProbabilities } from '#main/comparison/charts/probability-charts'
import type { Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { goldTextTriples } from '#main/evaluation/match-items'
import type { MatchMode } from '#main/evaluation/match-mode'
import type { StringMode } from '#main/evaluation/match-strings'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import { keptSplit } from '../runs/kept-splits.ts'
import type { DividedRun } from '../runs/run-splits.ts'
import { memberPredictions, type Member } from './member-predictions.ts'

export interface ChartRow {
  readonly label: string
  readonly members: readonly Member[]
}

interface OfSplit {
  readonly corpusId: number
  readonly split: Split
  /** A run that says how the corpus is divided. */
  readonly divided: DividedRun
}

export interface BreakdownRequest extends OfSplit {
  readonly rows: readonly ChartRow[]
  readonly match: MatchMode
}

export function* breakdownSteps(
  workspace: ReadWorkspace,
  { corpusId, split, divided, rows, match }: BreakdownRequest,
): Generator<void, BreakdownIntervals[]> {
  const sentences = keptSplit(workspace.corpora, corpusId, split, divided)
  yield
  const trainTriples = keptSplit(workspace.corpora, corpusId, 'train', divided).flatMap(goldTextTriples)
  yield
  const predicted: PredictedRow[] = []
  for (const { members } of rows) predicted.push(yield* predictionsOfAll(workspace, members, sentences))
  return yield* breakdownIntervals({ sentences, trainTriples, rows: predicted }, match)
}

function* predictionsOfAll(
  workspace: ReadWorkspace,
  members: readonly Member[],
  sentences: readonly LabelledSentence[],
): Generator<void, PredictedRow> {
  const found: PredictedRow[number][] = []
  for (const member of members) found.push(yield* memberPredictions(workspace, member, sentences))
  return found
}

export interface ProbabilityRequest extends OfSplit {
  readonly rows: readonly ChartRow[]
  readonly mode: StringMode
}

export function* probabilitySteps(
  workspace: ReadWorkspace,
  { corpusId, split, divided, rows, mode }: ProbabilityRequest,
): Generator<void, ProbableRow[]> {
  const sentences = keptSplit(workspace.corpora, corpusId, split, divided)
  yield
  const found: ProbableRow[] = []
  for (const { label, members } of rows) {
    const runs: RunProbabilities[] = []
    for (const member of members) {
      runs.push(runProbabilities(sentences, yield* memberPredictions(workspace, member, sentences), mode))
      yield
    }
    found.push({ label, runs })
  }
  return found
}

export interface ConfusionRequest extends OfSplit {
  readonly member: Member
  readonly mode: StringMode
}

export function* confusionSteps(
  workspace: ReadWorkspace,
  { corpusId, split, divided, member, mode }: ConfusionRequest,
): Generator<void, Record<Confused, GridCell[]>> {
  const sentences = keptSplit(workspace.corpora, corpusId, split, divided)
  yield
  return confusionOf(sentences, yield* memberPredictions(workspace, member, sentences), mode)
}
