/** Which work is a command's own: a program that is shared tells of everybody's. */
import type { Client } from '#main/api/router'
import type { Task } from '#main/api/events'

export interface OwnWork {
  /** The same client; the runs and tasks that its calls name or start are the command's own from then on. */
  readonly client: Client
  has(task: Task): boolean
}

type Call = (input: unknown, options?: unknown) => Promise<unknown>

const fields = ['runId', 'runIds', 'taskId']

export function noteOwnWork(client: Client): OwnWork {
  const ids = new Set<string>()
  const note = (input: unknown): void => {
    for (const field of fields)
      for (const id of [Reflect.get(Object(input) as object, field)].flat()) if (typeof id === 'string') ids.add(id)
    const { jobId } = Object(input) as { readonly jobId?: unknown }
    if (typeof jobId === 'number') ids.add(`job-${jobId}`)
  }
  const onVerb =
    (call: Call, verb: string): Call =>
    async (input, options) => {
      note(input)
      const answer = await call(input, options)
      if (verb === 'start') for (const made of [answer].flat()) note(made)
      return answer
    }
  return {
    client: follow(client, (verbs) => follow(verbs as object, (call, verb) => onVerb(call as Call, verb))),
    has: ({ taskId, runId }) => ids.has(taskId) || (runId !== undefined && ids.has(runId)),
  }
}

/** A proxy of which every value that is read goes through `change`. */
function follow<T extends object>(target: T, change: (value: unknown, name: string) => unknown): T {
  return new Proxy(target, { get: (_, name) => change(Reflect.get(target, name), String(name)) })
}
