/** A request to the services: holds the answer, the reason of a failure and whether it is busy; only the latest call counts. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { toAppError } from '#main/api/client-errors'

export interface Request<Args extends readonly unknown[], Answer> {
  /** The latest answer; null before the first one and after `forget`. An answer stays while the next one is on its way. */
  readonly answer: ShallowRef<Answer | null>
  /** The sentence that says why the latest call failed; null when it did not. */
  readonly failure: Ref<string | null>
  /** Whether the latest call has not been answered yet. */
  readonly isBusy: Ref<boolean>
  /**
   * Resolves to the answer, or to undefined when the call failed or a later call overtook it. An overtaken call resolves when the
   * later one is settled, so that `answer` is then the latest for every caller. Never rejects.
   */
  ask(...args: Args): Promise<Answer | undefined>
  /** Drops the answer and the failure, and ignores the answers of calls that still run. */
  forget(): void
}

/** A request that makes `call`; every call of `ask` overtakes those before it. */
export function useRequest<Args extends readonly unknown[], Answer>(
  call: (...args: Args) => Promise<Answer>,
): Request<Args, Answer> {
  const answer = shallowRef<Answer | null>(null)
  const failure = ref<string | null>(null)
  const isBusy = ref(false)
  let latest = 0
  /** Outcome of the latest call, for which overtaken calls wait. */
  let outcome: Promise<Answer | undefined> = Promise.resolve(undefined)

  async function settle(mine: number, args: Args): Promise<Answer | undefined> {
    try {
      const answered = await call(...args)
      if (mine === latest) return (answer.value = answered)
    } catch (error) {
      if (mine === latest) failure.value = toAppError(error).message
    } finally {
      if (mine === latest) isBusy.value = false
    }
    if (mine !== latest) await outcome
    return undefined
  }

  return {
    answer,
    failure,
    isBusy,

    ask(...args) {
      failure.value = null
      isBusy.value = true
      outcome = settle(++latest, args)
      return outcome
    },

    forget() {
      latest += 1
      outcome = Promise.resolve(undefined)
      answer.value = null
      failure.value = null
      isBusy.value = false
    },
  }
}
