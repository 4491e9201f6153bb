/** Finds the corpus or the run that a person names on the command line. */
import type { BinItem } from '#main/api/bin'
import { AppError } from '#main/core/errors'
import type { Client } from '#main/api/router'
import type { CorpusSummary } from '#main/document/corpus-summary'
import type { Run } from '#main/runs/run'
import { distinctionsOf } from '#main/runs/tell-apart'
import { formatMoment } from '#main/text/moment'

export async function findCorpus(client: Client, name: string): Promise<CorpusSummary> {
  const corpora = await client.corpora.list()
  const found = corpora.find((corpus) => corpus.name === name || String(corpus.corpusId) === name)
  if (found) return found
  const known = corpora.map((corpus) => `"${corpus.name}"`).join(', ')
  throw new AppError(
    'not-found',
    `There is no corpus "${name}".${await whereInBin(client, 'corpus', name)} ${known ? `There are: ${known}.` : 'Import one first.'}`,
  )
}

/**
 * Finds a run by its id, its name, the beginning of its id, or its variant, which stands for the latest run of that variant.
 * @throws AppError not-found; invalid-input with a list of candidates where a name or the beginning of an id fits several runs.
 */
export async function findRun(client: Client, name: string): Promise<Run> {
  const runs = await client.runs.list()
  const exact = runs.find(({ runId }) => runId === name)
  if (exact) return exact
  const named = runs.filter((run) => run.name === name)
  const meant = named.length > 0 ? named : runs.filter(({ runId }) => runId.startsWith(name))
  const [first] = meant
  if (first && meant.length === 1) return first
  if (first) throw new AppError('invalid-input', describeCandidates(name, meant, named.length > 0))
  const latest = runs.find(({ config }) => config.variant === name)
  if (latest) return latest
  throw new AppError(
    'not-found',
    `There is no run "${name}".${await whereInBin(client, 'run', name)} The command "runs" lists the ones there are.`,
  )
}

/** " One of this name is in the bin: ..."; empty where none is. */
async function whereInBin(client: Client, kind: BinItem['kind'], name: string): Promise<string> {
  const item = (await client.bin.list()).find((entry) =>
    kind === 'corpus' ? entry.kind === kind && entry.name === name : entry.runs.some((run) => run.name === name),
  )
  return item ? ` One of this name is in the bin: "restore ${item.binId}" brings it back.` : ''
}

function describeCandidates(name: string, runs: readonly Run[], areNamedSo: boolean): string {
  const distinctions = distinctionsOf(runs)
  const lines = runs.map(
    (run) => `  ${shortId(run)}  ${run.name}  ${distinctions.get(run.runId) ?? formatMoment(run.createdMs)}`,
  )
  const head = areNamedSo
    ? `${runs.length} runs are called "${name}". Give the id of one:`
    : `The ids of ${runs.length} runs begin with "${name}". Give more of one:`
  return [head, ...lines].join('\n')
}

export async function findBinItem(client: Client, id: string): Promise<BinItem> {
  const found = (await client.bin.list()).find(({ binId }) => String(binId) === id)
  if (found) return found
  throw new AppError('not-found', `There is no entry ${id} in the bin. The command "bin" lists the ones there are.`)
}

/** Help for an argument that names a run. */
export const runArgument =
  'id of a run, beginning of its id, its name, or its variant for the latest run of that variant'

/** The beginning of a run's id, long enough to name it and short enough to type. */
export function shortId({ runId }: Pick<Run, 'runId'>): string {
  return runId.slice(0, 8)
}
