/** A crew of threads: starts helpers that share a job with this thread, and keeps them in step. */
import { type Crew, alone } from '#main/training/crew'
import type { Reader } from '#main/training/read-in-pieces'
import type { CrewPlan } from './crew-plan.ts'
import type { SharedJob } from './crew-messages.ts'
import { startHelper, type Helper } from './helper.ts'
import { openExchange, shareMemory } from './shared-exchange.ts'

/** Beside this file, as source or built. */
const defaultEntry = new URL(
  import.meta.url.endsWith('.ts') ? './helper-entry.ts' : './helper-entry.js',
  import.meta.url,
)

/** Fewer leave a helper without work now and then, more leave this thread waiting for it at the end. */
const piecesAtHelper = 3

/** Helpers that cannot start are done without, and the crew remarks on it. */
export async function openThreadCrew(
  job: SharedJob,
  { size, remark }: CrewPlan,
  entry: URL = defaultEntry,
): Promise<Crew> {
  const notes: string[] = []
  const started = Array.from({ length: size - 1 }, () => startHelper(entry, job, (message) => notes.push(message)))
  const outcomes = await Promise.allSettled(started.map((helper) => helper.expect('ready')))
  const helpers = started.filter((_, at) => outcomes[at]?.status === 'fulfilled')
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  await Promise.all(started.filter((helper) => !helpers.includes(helper)).map((helper) => helper.close()))
  const reason: unknown = failed?.reason
  const missing = failed && `more could not start: ${reason instanceof Error ? reason.message : String(reason)}`
  const remarks = [remark, missing].filter((text) => text !== null && text !== undefined).join('; ') || null
  if (helpers.length === 0) return { ...alone, remark: remarks }
  return {
    size: helpers.length + 1,
    remark: remarks,
    // the next pieces wait at each helper, since this thread answers only between pieces of its own
    readers: helpers.flatMap((helper) => Array.from({ length: piecesAtHelper }, () => readerOf(helper))),
    connect(length) {
      const memory = shareMemory(length, helpers.length + 1)
      helpers.forEach((helper, at) => helper.post({ type: 'connect', memory: { ...memory, rank: at + 1 } }))
      return openExchange({ ...memory, rank: 0 }, () => meet(helpers))
    },
    step: (indices) => helpers.forEach((helper) => helper.post({ type: 'step', indices })),
    takeNotes: () => notes.splice(0),
    async close() {
      await Promise.all(helpers.map((helper) => helper.close()))
    },
  }
}

/** The barrier: this thread is there already. */
async function meet(helpers: readonly Helper[]): Promise<void> {
  await Promise.all(helpers.map((helper) => helper.expect('reached')))
  for (const helper of helpers) helper.post({ type: 'pass' })
}

function readerOf(helper: Helper): Reader {
  return async (sentences) => {
    helper.post({ type: 'read', sentences })
    return (await helper.expect('predictions')).predictions
  }
}
