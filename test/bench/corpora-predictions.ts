/** Predictions of two made-up runs for the train sentences of a corpus, so that queues have something to be ordered by. */
import { createRandom, type Random } from '#main/models/shared/random'
import type { Prediction } from '#main/document/prediction'
import { defaultModel, defaultTraining } from '#main/runs/config'
import type { Run } from '#main/runs/run'
import { variants } from '#main/runs/variants'
import { openWorkspace } from '#main/storage/workspace'
import { runIds } from './corpora-questions.ts'

/** Sentences that are predicted together. */
const groupLength = 5000

export function storePredictions(folder: string): void {
  const workspace = openWorkspace(folder)
  const [corpus] = workspace.corpora.list()
  if (!corpus) throw new Error('The workspace of the bench has no corpus.')
  const random = createRandom(2)
  const [first] = workspace.corpora.sentencePage(corpus.corpusId, { splits: ['train'] }, 0, 1).rows
  const ids = Array.from({ length: corpus.splits.train.sentences }, (_, at) => (first?.sentenceId ?? 1) + at)
  for (const runId of runIds) {
    workspace.runs.insert(makeRun(runId, corpus.corpusId))
    for (let at = 0; at < ids.length; at += groupLength) {
      const group = ids.slice(at, at + groupLength)
      const entries = group.map((sentenceId) => ({ sentenceId, prediction: makePrediction(random) }))
      workspace.predictions.store(runId, 1, entries)
    }
  }
  workspace.close()
}

function makePrediction(random: Random): Prediction {
  const starts = [0, 4, 8].filter(() => random.uniform() < 0.7)
  return {
    ...{ tags: ['O'], early: null, anchor: 'last', threshold: 0.5 },
    spans: starts.map((start) => ({ start, end: start + 1, label: '', probability: 0.5 + random.uniform() / 2 })),
    cells: starts.map((subject) => ({
      ...{ subject, object: starts[random.integer(starts.length)] ?? 0 },
      ...{ type: `relation${random.integer(24)}`, probability: random.uniform() },
    })),
  }
}

export function makeRun(runId: string, corpusId: number): Run {
  const split = { sentences: 1, triples: 1, sha256: '' }
  return {
    ...{ runId, corpusId, experimentId: 'bench', name: runId, note: '', status: 'finished', fromRunId: null },
    ...{ createdMs: 1, finishedMs: 2, epoch: 1, bestEpoch: 1, bestDev: null, device: null, failure: null },
    config: {
      ...{ variant: 'pmei', preset: 'recommended', model: { ...defaultModel, ...variants.pmei } },
      ...{ training: defaultTraining, vectors: null, backend: 'auto', threads: 1 },
    },
    data: { corpusName: 'bench', splits: { train: split, dev: split, test: split } },
  }
}
