/** Milliseconds that Compare takes from what is stored: the diff of two runs on 5,000 sentences, and a table of 60 evaluations. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { anchorTriples } from '#main/corpora/shared/anchor-triples'
import { createProblemLog } from '#main/corpora/shared/problem-log'
import { createProcessHost } from '#main/compute/host'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Prediction } from '#main/document/prediction'
import { openServices, type Services } from '#main/services/services'
import { openWorkspace } from '#main/storage/workspace'
import { oraclePredictions } from '#main/evaluation/oracle'
import { createRandom, type Random } from '#main/models/shared/random'
import { splitWords } from '#main/text/words'
import { makeRun } from './corpora-predictions.ts'

const size = { sentences: 5000, runs: 60, relations: 24 }
const names = Array.from({ length: size.runs }, (_, at) => `run-${at}`)

/** As text, the fastest of a few times each. */
export async function measureComparisons(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'espalier-bench-'))
  try {
    fill(folder)
    await asked(folder, evaluateTwo)
    copyEvaluations(folder)
    return await asked(folder, measureAll)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function asked<Answer>(folder: string, ask: (services: Services) => Promise<Answer>): Promise<Answer> {
  const services = await openServices({ workspace: folder, compute: createProcessHost() })
  return ask(services).finally(() => services.close())
}

/** A corpus, its runs, and the predictions of two of them, which miss a fifth of the gold each. */
export function fill(folder: string): void {
  const workspace = openWorkspace(folder)
  const random = createRandom(3)
  const corpusId = workspace.corpora.create('bench', { entityTypes: [], relationTypes: [], signatures: [] })
  for (const split of ['train', 'dev', 'test'] as const)
    workspace.corpora.addDocs(corpusId, split, `${split}.json`, docs(random, split === 'dev' ? 50 : size.sentences))
  for (const runId of names) workspace.runs.insert({ ...makeRun(runId, corpusId), status: 'finished', bestEpoch: 1 })
  const sentences = workspace.corpora.labelledSentences(corpusId, 'test')
  const found = oraclePredictions(sentences, 'last')
  for (const runId of names.slice(0, 2))
    workspace.predictions.store(
      ...([runId, 1] as const),
      sentences.flatMap(({ sentenceId }, at) => {
        const own = found[at]
        return own ? [{ sentenceId, prediction: thinned(own, random) }] : []
      }),
    )
  workspace.close()
}

function docs(random: Random, count: number): AnnotatedDoc[] {
  const log = createProblemLog('bench.json')
  return Array.from({ length: count }, (_, at) => {
    const words = Array.from({ length: 24 }, (__, place) => `Name${random.integer(9000)}x${place}`)
    const pick = (): string => words[random.integer(words.length)] ?? ''
    const triples = Array.from({ length: 3 }, () => ({
      ...{ subject: pick(), type: `relation${random.integer(size.relations)}`, object: pick() },
    }))
    const text = words.join(' ')
    const options = { split: splitWords, canSplit: true, foldAccents: false, fileName: 'bench.json', record: at + 1 }
    const { tokens, annotation } = anchorTriples({ text, tokens: splitWords(text), triples }, options, log)
    return {
      id: `${at}`,
      text,
      tokens,
      sentences: [{ start: 0, end: tokens.length }],
      annotations: [{ ...annotation, repeatedTriples: 0 }],
    }
  })
}

function thinned(prediction: Prediction, { uniform }: Random): Prediction {
  return { ...prediction, cells: prediction.cells.filter(() => uniform() < 0.8), early: prediction }
}

async function evaluateTwo({ handlers }: Services): Promise<void> {
  for (const runId of names.slice(0, 2)) await handlers.runs.evaluate({ runId, split: 'test', again: false })
}

/** Keeps the figures of the first run for all that are not scored. */
function copyEvaluations(folder: string): void {
  const workspace = openWorkspace(folder)
  const [own] = workspace.evaluations.of('run-0', 'test', 1)
  const counts = own && workspace.evaluations.counts(own.evaluationId)
  if (own && counts) for (const runId of names.slice(2)) workspace.evaluations.add({ ...own, runId }, counts)
  workspace.close()
}

async function measureAll({ handlers: { comparisons } }: Services): Promise<string> {
  const table = { runIds: names, match: 'exact' as const, split: 'test' as const }
  const request = { match: 'exact' as const, split: 'test' as const, offset: 0, limit: 100 }
  const diff = (firstId: string, secondId: string, filter = {}) =>
    comparisons.diff({ ...request, firstId, secondId, filter })
  const lines = [
    ['table of 60 stored evaluations, first', await timed(() => comparisons.table(table))],
    ['the same, again', await timed(() => comparisons.table(table))],
    ['diff of two runs on 5,000 sentences, first', await timed(() => diff('run-0', 'run-1'))],
    ['diff of the same two, the other way round', await timed(() => diff('run-1', 'run-0'))],
    ['a filter of it', await timed(() => diff('run-1', 'run-0', { kind: 'fixed' as const }))],
  ] as const
  return lines.map(([what, ms]) => `${what}: ${ms.toFixed(0)} ms`).join('\n')
}

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await ask()
  return performance.now() - started
}
