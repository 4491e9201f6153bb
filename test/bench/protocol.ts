/** How the bench talks with a process that computes: one JSON value a line, over its standard input and output. */

/** What a process can be asked for: training steps, or sentences to be read. */
export type Task = 'step' | 'extract'

export interface Request {
  readonly task: Task
  /** Steps, or sentences. */
  readonly count: number
}

/** First line of a process that is ready. */
export interface Ready {
  /** In words: "WebAssembly with relaxed SIMD, 2 threads", "PyTorch 2.13, 2 threads". */
  readonly device: string
}

/** Answer to a request. */
export interface Turn {
  /** Milliseconds of every step, or of the reading of all sentences. */
  readonly milliseconds: readonly number[]
  /** Peak resident memory of the process since it began; null where the system does not tell. */
  readonly peakMb: number | null
}

export interface Failure {
  readonly failure: string
}

/** Libraries print greetings of their own; only objects are ours. */
export function parseLine<Value>(line: string): Value | null {
  if (!line.startsWith('{"')) return null
  try {
    return JSON.parse(line) as Value // written by the other side of this protocol
  } catch {
    return null
  }
}
