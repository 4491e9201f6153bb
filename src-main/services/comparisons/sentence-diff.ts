/** The sentence diff of two members of rows: a run, or the predictions of another system, each. */
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import type { ComparedThresholds } from '#main/comparison/saved-comparison'
import type { Split } from '#main/document/doc'
import type { ServiceContext } from '../context.ts'
import { keptSplit, undivided } from '../runs/kept-splits.ts'
import type { DividedRun } from '../runs/run-splits.ts'
import { givenThresholds, type Member } from './member-predictions.ts'

interface FoundMember {
  readonly member: Member
  readonly name: string
  readonly corpusId: number
  readonly divided: DividedRun
  /** Changes when what it predicts does. */
  readonly key: unknown
}

export function createSentenceDiff({ workspace, reads }: ServiceContext): Handlers['comparisons']['diff'] {
  const { corpora, predictions, runs, systems } = workspace

  /** @throws AppError where it has no prediction of a sentence of the split. */
  function find(id: string, split: Split, thresholds: ComparedThresholds = 'tuned'): FoundMember {
    const run = runs.list().find(({ runId }) => runId === id)
    if (run) {
      const divided = { data: run.data.isDevLent ? { isDevLent: true as const } : {} }
      const ids = keptSplit(corpora, run.corpusId, split, divided).map(({ sentenceId }) => sentenceId)
      const missing = ids.length - predictions.count(id, ids)
      if (missing > 0)
        throw new AppError(
          'conflict',
          `${run.name} has no prediction for ${missing} of the ${ids.length} sentences of ${split}: score it on ${split} first.`,
        )
      return {
        member: { runId: id, ...(thresholds === 'given' && { thresholds: givenThresholds(run) }) },
        ...{ name: run.name, corpusId: run.corpusId, divided },
        key: [run.bestEpoch, thresholds === 'given' || run.thresholds, run.config.training.threshold],
      }
    }
    const { name, corpusId, split: own } = systems.find(id)
    if (own !== split)
      throw new AppError('invalid-input', `The predictions of ${name} are of ${own}, not of ${split}. Choose ${own}.`)
    return { member: { systemId: id }, name, corpusId, divided: undivided, key: id }
  }

  return async ({ firstId, secondId, split, match, thresholds, filter, offset, limit }, signal) => {
    const [first, second] = [find(firstId, split, thresholds), find(secondId, split, thresholds)]
    if (first.corpusId !== second.corpusId)
      throw new AppError(
        'invalid-input',
        `${first.name} and ${second.name} are of different corpora: their sentences cannot be compared. Choose two of one corpus.`,
      )
    const { corpusId } = first
    const divided = first.divided.data.isDevLent ? first.divided : second.divided
    const key = JSON.stringify([firstId, secondId, first.key, second.key, corpora.changes(corpusId), split, match])
    return reads.ask(
      'sentenceDiff',
      {
        ...{ corpusId, split, match, key, filter, offset, limit, divided },
        first: first.member,
        second: second.member,
      },
      { signal },
    )
  }
}
