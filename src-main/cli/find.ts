/** Finds what a person means by a name: a corpus by name or number, a run by id, its beginning, or "pmei seed 2". */
import { AppError } from '#main/core/errors'
import type { Client } from '#main/api/router'
import type { CorpusSummary } from '#main/document/corpus-summary'
import type { Run } from '#main/runs/run'

export async function findCorpus(client: Client, name: string): Promise<CorpusSummary> {
  const corpora = await client.corpora.list()
  const found = corpora.find((corpus) => corpus.name === name || String(corpus.corpusId) === name)
  if (found) return found
  const known = corpora.map((corpus) => `"${corpus.name}"`).join(', ')
  throw new AppError(
    'not-found',
    `There is no corpus "${name}". ${known ? `There are: ${known}.` : 'Import one first.'}`,
  )
}

export async function findRun(client: Client, name: string): Promise<Run> {
  const runs = await client.runs.list()
  const exact = runs.find(({ runId }) => runId === name) ?? runs.find((run) => run.name === name)
  if (exact) return exact
  const starting = runs.filter(({ runId }) => runId.startsWith(name))
  const [first] = starting
  if (first && starting.length === 1) return first
  if (first)
    throw new AppError('invalid-input', `${starting.length} runs begin with "${name}". Give more letters of the id.`)
  const latest = runs.find(({ config }) => config.variant === name)
  if (latest) return latest
  throw new AppError('not-found', `There is no run "${name}". The command "runs" lists the ones there are.`)
}

/** Enough of an id to type. */
export function shortId({ runId }: Pick<Run, 'runId'>): string {
  return runId.slice(0, 8)
}
