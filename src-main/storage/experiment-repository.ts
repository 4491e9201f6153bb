/** ExperimentRepository: planned experiments, and the trials that their runs belong to. */
import { AppError } from '#main/core/errors'
import type { ExperimentPlan } from '#main/experiments/plan'
import type { Database } from './database.ts'

export interface Experiment {
  readonly experimentId: string
  readonly corpusId: number
  readonly plan: ExperimentPlan
  readonly createdMs: number
}

export interface ExperimentRepository {
  add(experiment: Experiment): void
  /** Puts a plan in the place of the one before. */
  change(experimentId: string, plan: ExperimentPlan): void
  /** @throws AppError 'not-found' when there is none with a plan. */
  find(experimentId: string): Experiment
  /** Names are unique in a corpus. */
  named(corpusId: number, name: string): Experiment | undefined
  /** Latest first; without those of corpora that are in the bin. */
  list(): Experiment[]
  /** Notes which trial each run of an experiment belongs to; those that are not named belong to none any more. */
  place(experimentId: string, trials: ReadonlyMap<string, number>): void
  /** The places of trials by run. */
  trials(experimentId: string): Map<string, number>
}

interface Row {
  readonly experiment_id: string
  readonly corpus_id: number
  readonly plan: string
  readonly created_ms: number
}

export function createExperimentRepository(database: Database): ExperimentRepository {
  const select = (rest: string, ...values: readonly (string | number)[]): Experiment[] =>
    database.all<Row>(`SELECT experiment.* FROM experiment ${rest}`, ...values).map(toExperiment)
  return {
    add: ({ experimentId, corpusId, plan, createdMs }) =>
      void database.run(
        'INSERT INTO experiment (experiment_id, created_ms, name, corpus_id, plan) VALUES (?, ?, ?, ?, ?)',
        ...[experimentId, createdMs, plan.name, corpusId, JSON.stringify(plan)],
      ),
    change: (experimentId, plan) =>
      void database.run(
        'UPDATE experiment SET name = ?, plan = ? WHERE experiment_id = ?',
        ...[plan.name, JSON.stringify(plan), experimentId],
      ),
    find(experimentId) {
      const found = select('WHERE experiment_id = ? AND plan IS NOT NULL', experimentId)[0]
      if (!found)
        throw new AppError('not-found', `There is no experiment ${experimentId}. Look at the list of experiments.`)
      return found
    },
    named: (corpusId, name) => select('WHERE corpus_id = ? AND name = ?', corpusId, name)[0],
    list: () =>
      select('JOIN corpus USING (corpus_id) WHERE bin_id IS NULL ORDER BY created_ms DESC, experiment.rowid DESC'),
    place: (experimentId, trials) =>
      database.transaction(() => {
        database.run('UPDATE run SET trial = NULL WHERE experiment_id = ?', experimentId)
        for (const [runId, trial] of trials) database.run('UPDATE run SET trial = ? WHERE run_id = ?', trial, runId)
      }),
    trials: (experimentId) =>
      new Map(
        database
          .all<{ run_id: string; trial: number }>(
            'SELECT run_id, trial FROM run WHERE experiment_id = ? AND trial IS NOT NULL AND bin_id IS NULL',
            experimentId,
          )
          .map(({ run_id, trial }) => [run_id, trial]),
      ),
  }
}

function toExperiment(row: Row): Experiment {
  return {
    experimentId: row.experiment_id,
    corpusId: row.corpus_id,
    plan: JSON.parse(row.plan) as ExperimentPlan, // written from one
    createdMs: row.created_ms,
  }
}
