/** Refuses calls about what is not there, before a service sees them: an empty answer would pass for "nothing found". */
import type { Handlers } from '#main/api/handlers'
import type { KnownIds } from '#main/storage/known-ids'

type Call = (input: unknown, signal?: AbortSignal) => Promise<unknown>

/** Fields of calls, wherever they stand, and what the ids in them are of. */
const fields: Readonly<Record<string, keyof KnownIds>> = {
  corpusId: 'corpus',
  sentenceId: 'sentence',
  sentenceIds: 'sentence',
  ...{ runId: 'run', runIds: 'run', againstRunId: 'run', fromRunId: 'run' },
  extractionId: 'extraction',
  sampleId: 'sample',
  ...{ jobId: 'job', beforeId: 'job' },
  binId: 'bin',
}

/** The same handlers; each rejects with AppError 'not-found' when an id in its input is of nothing. */
export function refuseUnknown(handlers: Handlers, known: KnownIds): Handlers {
  const guard =
    (call: Call): Call =>
    async (input, signal) => {
      check(input, known)
      return call(input, signal)
    }
  const guarded = Object.entries(handlers as Record<string, Record<string, Call>>).map(([noun, calls]) => [
    noun,
    Object.fromEntries(Object.entries(calls).map(([verb, call]) => [verb, guard(call)])),
  ])
  return Object.fromEntries(guarded) as Handlers // the same nouns and verbs
}

function check(value: unknown, known: KnownIds): void {
  if (typeof value !== 'object' || value === null) return
  for (const [field, content] of Object.entries(value)) {
    const kind = Object.hasOwn(fields, field) ? fields[field] : undefined
    if (kind) for (const id of [content].flat()) checkId(id, kind, known)
    else check(content, known)
  }
}

/** Fields may be null or left out: then nothing is named. */
function checkId(id: unknown, kind: keyof KnownIds, known: KnownIds): void {
  if (typeof id === 'number' || typeof id === 'string') known[kind](id as never) // the schema has seen to its type
}
