/** What the journeys through Annotate start from: a few sentences without labels, and a corpus that a run has read. */
import type { LabelSet } from '#main/labels/label-set'
import type { Services } from '#main/services/services'
import { tinyCorpus } from './tiny-corpus.ts'
import { onDisk } from './files-on-disk.ts'

/** The corpus "Small": one document per text, in the train split. */
export async function importSmall({ handlers }: Services, texts: readonly string[], labels: LabelSet): Promise<void> {
  const lines = [{ espalier: 'corpus', version: 1, labels }, ...texts.map((text, i) => ({ id: `d${i}`, text }))]
  await handlers.corpora.import({
    ...{ corpus: 'Small', split: 'train', taskId: 'import' },
    files: onDisk({ name: 'small.jsonl', text: lines.map((line) => JSON.stringify(line)).join('\n') }),
  })
}

/** The corpus "Tiny", with a finished run of `pmei` on it. */
export async function trainTiny({ handlers }: Services): Promise<void> {
  await handlers.corpora.import({
    ...{ corpus: 'Tiny', split: 'train', taskId: 'import' },
    files: onDisk({ name: 'tiny.json', text: tinyCorpus(60, 3) }),
  })
  const corpora = await handlers.corpora.list()
  const corpusId = corpora.find(({ name }) => name === 'Tiny')?.corpusId ?? 0
  const [run] = await handlers.runs.start({
    ...{ corpusId, variants: ['pmei'], seeds: [1], preset: 'recommended', vectors: null, encoder: null },
    model: { hidden: 12, wordDimension: 12 },
    training: { epochs: 40, batchSize: 5, dropout: 0, learningRate: 0.01, outputBias: 'random', wordRate: 1 },
    ...{ backend: 'wasm', threads: 1, fromRunId: null },
  })
  const runId = run?.runId ?? ''
  // polled by hand: this is before the tests
  while ((await handlers.runs.get({ runId })).run.status !== 'finished')
    await new Promise((resolve) => setTimeout(resolve, 50))
}
