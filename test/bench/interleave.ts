/** Contestants take turns for several rounds, so that a machine that gets busy or hot is busy or hot for all of them. */
import type { Contestant } from './contestants.ts'
import { startContestant, type Started } from './processes.ts'
import type { Task, Turn } from './protocol.ts'
import { median } from './figures.ts'
import type { Workload } from './workload.ts'

export interface Result {
  readonly contestant: Contestant
  /** In words; null when it did not start. */
  readonly device: string | null
  /** Why it could not take part or stopped; null for one that went through. */
  readonly failure: string | null
  /** Milliseconds of every training step, round by round. */
  readonly steps: readonly (readonly number[])[]
  /** Sentences read per second, round by round. */
  readonly sentencesPerSecond: readonly number[]
  /** Peak resident memory of the process after the training steps, before it read; null without one. */
  readonly peakMb: number | null
}

export interface Rounds {
  readonly rounds: number
  /** Called before every turn. */
  readonly tell: (line: string) => void
}

/** One workload. A contestant that fails is left out of the rounds that follow. */
export async function runWorkload(
  workload: Workload,
  contestants: readonly Contestant[],
  { rounds, tell }: Rounds,
): Promise<Result[]> {
  const entries: Entry[] = []
  try {
    for (const contestant of contestants) {
      tell(`${workload.name}: ${labelOf(contestant)} starts`)
      entries.push(await enter(contestant, workload))
    }
    for (const task of ['step', 'extract'] as const) {
      for (const entry of entries) {
        tell(`${workload.name}, ${task}: ${labelOf(entry.contestant)} warms up`)
        await act(entry, (started) => warmUp(entry, started, task))
      }
      for (let round = 0; round < rounds; round++)
        for (const entry of rotate(entries, round)) {
          tell(`${workload.name}, ${task}, round ${round + 1} of ${rounds}: ${labelOf(entry.contestant)}`)
          await act(entry, (started) => takeTurn(entry, started, task))
        }
    }
  } finally {
    await Promise.all(entries.map(({ started }) => started?.close()))
  }
  return entries.map(({ started: _started, count: _count, ...result }) => result)
}

interface Entry {
  readonly contestant: Contestant
  readonly device: string | null
  readonly steps: number[][]
  readonly sentencesPerSecond: number[]
  started: Started | null
  /** Steps or sentences of one turn. */
  count: number
  failure: string | null
  peakMb: number | null
}

async function enter(contestant: Contestant, workload: Workload): Promise<Entry> {
  const entry = { contestant, steps: [], sentencesPerSecond: [], count: 1, peakMb: null }
  try {
    const started = await startContestant(contestant, workload)
    return { ...entry, started, device: started.device, failure: null }
  } catch (error) {
    return { ...entry, started: null, device: null, failure: reasonOf(error) }
  }
}

async function act(entry: Entry, work: (started: Started) => Promise<void>): Promise<void> {
  const { started } = entry
  if (!started) return
  try {
    await work(started)
  } catch (error) {
    entry.failure = reasonOf(error)
    entry.started = null
    await started.close()
  }
}

/** Short enough for many rounds, long enough for a few steps of a fast contestant. */
const turnMs = 1500
const mostSteps = 5
const warmUpSentences = 100
const sentences = 500

/** Also finds out how much is one turn: a slow contestant takes one step, or reads fewer sentences. */
async function warmUp(entry: Entry, started: Started, task: Task): Promise<void> {
  const lastMs = async (count: number): Promise<number> => {
    const { milliseconds } = await started.work({ task, count })
    return milliseconds.at(-1) ?? Infinity
  }
  if (task === 'step') {
    let stepMs = await lastMs(2)
    // only what ran several times is compiled with all care
    if (stepMs < turnMs) stepMs = await lastMs(mostSteps)
    entry.count = Math.max(1, Math.min(mostSteps, Math.round(turnMs / stepMs)))
  } else entry.count = (await lastMs(warmUpSentences)) > turnMs ? warmUpSentences : sentences
}

async function takeTurn(entry: Entry, started: Started, task: Task): Promise<void> {
  const { milliseconds, peakMb }: Turn = await started.work({ task, count: entry.count })
  if (task === 'step') {
    entry.steps.push([...milliseconds])
    entry.peakMb = peakMb
  } else entry.sentencesPerSecond.push((entry.count / median(milliseconds)) * 1000)
}

/** The same circle begun elsewhere: nobody always comes after the same neighbour's heat. */
function rotate<Item>(items: readonly Item[], by: number): Item[] {
  const at = items.length === 0 ? 0 : by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

/** "wasm, 2 threads". */
export function labelOf({ name, threads, isCard }: Contestant): string {
  if (threads === null) return isCard ? `${name}, card` : name
  return `${name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
