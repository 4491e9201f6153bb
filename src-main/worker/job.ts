/** What every kind of job is to the worker: events until it is done or its signal says stop; errors are for the person. */
import type { WorkerEvent } from './messages.ts'

export type RunJob<J> = (job: J, signal: AbortSignal) => AsyncGenerator<WorkerEvent>
