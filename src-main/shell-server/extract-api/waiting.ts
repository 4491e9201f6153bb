/** Requests that wait to be answered: those that have come are predicted together, and there are never too many. */
import type { Answer, Asked } from '#main/services/filter/answers'

export interface Waiting {
  /**
   * Answers to the documents of one request. @throws Busy when too much waits already; what `answer` throws for these documents.
   * @param signal aborted when nobody wants the answer any more.
   */
  ask(documents: readonly Asked[], signal: AbortSignal): Promise<readonly Answer[]>
}

/** Too much waits: the request may come again. */
export class Busy extends Error {}

interface Request {
  readonly documents: readonly Asked[]
  readonly signal: AbortSignal
  readonly done: PromiseWithResolvers<readonly Answer[]>
}

export interface WaitingOptions {
  /** Predicts documents together, in their order. */
  readonly answer: (documents: readonly Asked[]) => Promise<readonly Answer[]>
  /** Sentences that are predicted together. */
  readonly largestGroup: number
  /** Requests that may wait. */
  readonly most: number
}

export function createWaiting({ answer, largestGroup, most }: WaitingOptions): Waiting {
  const requests: Request[] = []
  let isWorking = false

  /** The requests that have waited longest: one at least, and more as long as they fit. */
  function takeGroup(): Request[] {
    const group: Request[] = []
    let sentences = 0
    while (requests[0] && (group.length === 0 || sentences + sizeOf(requests[0]) <= largestGroup)) {
      const request = requests.shift()
      if (!request || request.signal.aborted) continue
      group.push(request)
      sentences += sizeOf(request)
    }
    return group
  }

  async function answerGroup(group: readonly Request[]): Promise<void> {
    try {
      const answers = await answer(group.flatMap(({ documents }) => documents))
      let at = 0
      for (const { documents, done } of group) done.resolve(answers.slice(at, (at += documents.length)))
    } catch (error) {
      const [only] = group
      // what one request broke, the others need not suffer
      if (group.length > 1) for (const request of group) await answerGroup([request])
      else only?.done.reject(error)
    }
  }

  async function work(): Promise<void> {
    if (isWorking) return
    isWorking = true
    for (let group = takeGroup(); group.length > 0; group = takeGroup()) await answerGroup(group)
    isWorking = false
  }

  return {
    ask(documents, signal) {
      if (requests.length >= most) return Promise.reject(new Busy())
      const done = Promise.withResolvers<readonly Answer[]>()
      requests.push({ documents, signal, done })
      setImmediate(() => void work()) // requests that came at the same time share a group
      return done.promise
    },
  }
}

const sizeOf = ({ documents }: Request): number =>
  documents.reduce((sum, { doc }) => sum + (doc?.sentences.length ?? 0), 0)
