/** Predictions of the chosen run for the open sentence, and for the ones that come next. */
import { ref, type Ref } from 'vue'
import type { SentenceView } from '#main/api/annotations'
import { client, messageOf } from '#window/client.ts'

/** Number of sentences predicted beyond the open one, so that nobody waits for the next ones. */
const predictAhead = 15

interface PredictedPlace {
  readonly view: Readonly<Ref<SentenceView | null>>
  readonly runId: Readonly<Ref<string | null>>
  /** Loads the open sentence again, with what was predicted for it. */
  readonly reopen: (sentenceId: number) => Promise<void>
  /** The sentences that follow one in the queue. */
  readonly after: (sentenceId: number, count: number) => readonly number[]
}

export function usePredicting({ view, runId, reopen, after }: PredictedPlace) {
  const isPredicting = ref(false)
  const predictionFailure = ref<string | null>(null)

  /** Predicts the open sentence. One call works at a time: where another sentence or run was chosen meanwhile, that is predicted after it. */
  async function predict(): Promise<void> {
    if (isPredicting.value) return
    isPredicting.value = true
    try {
      for (;;) {
        const [asked, predictor] = [view.value, runId.value]
        if (!asked || asked.heldBack || predictor === null) return
        const failed = await predictFrom(asked.sentenceId, predictor)
        const isAsked = () => view.value?.sentenceId === asked.sentenceId && runId.value === predictor
        if (failed === null && view.value?.prediction === null) await reopen(view.value.sentenceId)
        if (failed !== null && isAsked()) predictionFailure.value = failed
        if (isAsked() || view.value?.prediction !== null) return
      }
    } finally {
      isPredicting.value = false
    }
  }

  /** Null when it went well, or else why it did not. */
  async function predictFrom(sentenceId: number, predictor: string): Promise<string | null> {
    predictionFailure.value = null
    try {
      const sentenceIds = [sentenceId, ...after(sentenceId, predictAhead)]
      await client.annotations.predict({ runId: predictor, sentenceIds })
      return null
    } catch (error) {
      return messageOf(error)
    }
  }

  return { isPredicting, predictionFailure, predict }
}
