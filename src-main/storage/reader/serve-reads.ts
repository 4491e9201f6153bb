/** Serves reads in a thread: in turn, the short ones before the long ones, each of them from one state of the database. */
import { setImmediate } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { Database } from '../database.ts'
import { openWithResults } from '../extractions/results-file.ts'
import type { Failure, FromThread, ReadTasks, ToThread } from './read-task.ts'
import { readWorkspace, type ReadWorkspace } from './read-workspace.ts'

/** The part of a port between threads that is used. */
interface Port {
  postMessage(message: FromThread): void
  on(event: 'message', listener: (message: ToThread) => void): unknown
}

/** Milliseconds of work before messages are looked at. */
const sliceMs = 8

/** Reads of one kind, short or long: they share a connection, since only the first of them is under way. */
interface Lane {
  readonly database: Database
  readonly workspace: ReadWorkspace
  readonly waiting: Extract<ToThread, { kind: 'ask' }>[]
  steps: Generator<void, unknown> | null
}

export function serveReads(path: string, tasks: ReadTasks, port: Port): void {
  const openLane = (): Lane => {
    const database = openWithResults(path)
    return { database, workspace: readWorkspace(database), waiting: [], steps: null }
  }
  const [short, long] = [openLane(), openLane()]
  let isWorking = false

  port.on('message', (message) => {
    if (message.kind === 'cancel') return cancel(message.id)
    const task = tasks[message.name]
    const lane = task?.isLong ? long : short
    lane.waiting.push(message)
    if (!isWorking) void work()
  })

  function cancel(id: number): void {
    for (const lane of [short, long]) {
      const at = lane.waiting.findIndex((asked) => asked.id === id)
      if (at === 0) end(lane)
      else if (at > 0) lane.waiting.splice(at, 1)
    }
  }

  async function work(): Promise<void> {
    isWorking = true
    for (let lane = busiest(); lane; lane = busiest()) {
      workFor(lane, sliceMs)
      await setImmediate() // messages come in
    }
    isWorking = false
  }

  const busiest = (): Lane | undefined => [short, long].find(({ waiting }) => waiting.length > 0)

  function workFor(lane: Lane, milliseconds: number): void {
    const [asked] = lane.waiting
    if (!asked) return
    const { id } = asked
    try {
      lane.steps ??= begin(lane, asked)
      const until = performance.now() + milliseconds
      for (;;) {
        const { done, value } = lane.steps.next()
        if (done) {
          end(lane) // before the answer, so that the log is short again when others hear of it
          return port.postMessage({ kind: 'answer', id, output: value })
        }
        if (performance.now() >= until) return
      }
    } catch (error) {
      end(lane)
      port.postMessage({ kind: 'failure', id, failure: failureOf(error) })
    }
  }

  function begin(lane: Lane, { id, name, input }: Lane['waiting'][number]): Generator<void, unknown> {
    const task = tasks[name]
    if (!task) throw new Error(`There is no read task ${name}.`)
    lane.database.script('BEGIN')
    const tell = (share: number): void => port.postMessage({ kind: 'progress', id, share })
    return task.read(lane.workspace, input as never, tell) // the reader asks with what this task takes
  }

  /** Takes the first of a lane away. What was written during a long read is moved out of the log here, where nobody waits for it. */
  function end(lane: Lane): void {
    const wasBegun = lane.steps !== null
    lane.waiting.shift()
    lane.steps = null
    if (wasBegun) lane.database.script('ROLLBACK')
    if (wasBegun && lane === long) lane.database.checkpoint()
  }
}

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error)
  return { message, told: error instanceof AppError ? { code: error.code, details: error.details } : null }
}
