/** What begins a job of each kind in the kill test, by the name of the kind; imports have a test of their own. */
import path from 'node:path'
import type { Handlers } from '#main/api/handlers'
import { runRequest } from '#main/api/runs'
import type { JobKindName } from '#main/jobs/job'

/** What stands in the workspace that the jobs work in. */
export interface Prepared {
  readonly corpusId: number
  /** A run that was trained. */
  readonly runId: string
  /** An extraction that found triples. */
  readonly extractionId: number
  /** Texts to extract from. */
  readonly texts: string
  /** Where files are written. */
  readonly folder: string
}

const tiny = { wordDimension: 4, hidden: 4, casingDimension: 0 }

export const trainRequest = ({ corpusId }: Pick<Prepared, 'corpusId'>) =>
  runRequest.parse({
    ...{ corpusId, variants: ['mtl'], seeds: [1], backend: 'wasm', threads: 1 },
    ...{ model: tiny, training: { epochs: 3, batchSize: 10, learningRate: 0.01, patience: 6 } },
  })

export const extractRequest = ({ runId, texts }: Prepared, output: string) => ({
  ...{ runId, files: [{ path: texts }] },
  output: { path: output, format: 'jsonl' as const, replace: false },
})

export const jobActs = {
  extract: ({ extraction }, made) =>
    extraction.start(
      extractRequest(made, path.join(made.folder, 'killed.jsonl')) as Parameters<typeof extraction.start>[0],
    ),
  train: ({ runs }, made) => runs.start(trainRequest(made)),
  score: ({ runs }, { runId }) => runs.evaluate({ runId, split: 'dev' }),
  tune: ({ runs }, { runId }) => runs.tune({ runId }),
  calibrate: ({ runs }, { runId }) => runs.calibrate({ runId }),
  spread: ({ runs }, { runId }) => runs.spread({ runId, split: 'dev', draws: 3 }),
  effects: ({ runs }, { runId }) => runs.effects({ runId, split: 'dev' }),
  statistics: ({ corpora }, { corpusId }) => corpora.statistics({ corpusId }),
  export: ({ results }, { extractionId, folder }) =>
    results.export({
      ...{ extractionId, format: 'csv', filter: {}, byteOrderMark: false, rawCells: false },
      ...{ path: path.join(folder, 'rows.csv'), replace: false, taskId: 'export' },
    }),
  sample: ({ samples }, { extractionId }) => samples.draw({ extractionId, size: 20, seed: 1, byRelation: false }),
  backup: ({ workspaces }, { folder }) => workspaces.backUp({ place: path.join(folder, 'copy.zip'), taskId: 'backup' }),
  experiment: ({ experiments }, { corpusId }) =>
    experiments.start({
      corpusId,
      plan: {
        ...{
          name: 'sweep',
          variants: ['mtl'],
          seeds: [7],
          preset: 'recommended',
          vectors: [null],
          encoder: null,
          search: null,
        },
        settings: {
          ...{ epochs: [1], batchSize: [60], hidden: [4], wordDimension: [4], casingDimension: [0] },
          ...{ backend: ['wasm'], threads: [1] },
        },
      },
    }),
} satisfies Record<Exclude<JobKindName, 'import'>, (handlers: Handlers, made: Prepared) => Promise<unknown>>

export type JobAct = keyof typeof jobActs
