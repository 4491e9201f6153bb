/** Predictor: reads sentences with a run's best checkpoint, once; afterwards the stored predictions answer. */
import { AppError } from '#main/core/errors'
import { wordsOf } from '#main/text/words'
import { withoutGold, withPos, type SentenceWords } from '#main/document/labelled-sentence'
import type { Run } from '#main/runs/run'
import type { ComputeHost } from '#main/compute/messages'
import type { BackendLadder } from '#main/machine/backend-ladder'
import type { ServiceContext } from '../context.ts'
import { createMissingPos } from './missing-pos.ts'
import { openSession, type PredictionSession } from './prediction-session.ts'
import { readRunModel } from './run-model.ts'
import { createUnseenWords } from './unseen-words.ts'
import { createWarmSession } from './warm-session.ts'

export interface Predictor {
  /** A session with the run's model, for whoever predicts batch after batch and closes it; nothing is stored. */
  open(run: Run): Promise<PredictionSession>
  /** Makes sure that the run's predictions of these sentences are stored. */
  ensure(
    run: Run,
    sentences: readonly UnreadSentence[],
    progress?: (done: number) => void,
    signal?: AbortSignal,
  ): Promise<void>
  /** The same by number of the sentence. */
  ensureById(
    run: Run,
    sentenceIds: readonly number[],
    progress?: (done: number) => void,
    signal?: AbortSignal,
  ): Promise<void>
  /** Lets go of the model that is kept loaded. */
  close(): void
}

/** Number of sentences up to which they are predicted with the model that is kept loaded: those of an editor, not of a corpus. */
const few = 64

/** Sentences whose predictions are stored together: what was predicted before a stop is not predicted again. */
const kept = 2048

interface UnreadSentence extends SentenceWords {
  readonly sentenceId: number
}

export function createPredictor(context: ServiceContext, compute: ComputeHost, ladder: BackendLadder): Predictor {
  const { workspace } = context
  const unseenOf = createUnseenWords(context)
  const missingPos = createMissingPos(context)
  const tell = (message: string): void => context.emit({ type: 'notice', message, runId: null })

  const open = async (run: Run): Promise<PredictionSession> =>
    openSession(await readRunModel(context, run, unseenOf), { compute, ladder, tell })

  const warm = createWarmSession(open)

  async function ensure(
    run: Run,
    sentences: readonly UnreadSentence[],
    progress?: (done: number) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const ids = sentences.map(({ sentenceId }) => sentenceId)
    const stored = workspace.predictions.of(run.runId, ids)
    const unread = sentences.filter(({ sentenceId }) => !stored.has(sentenceId))
    if (unread.length === 0) return
    const plain = unread.map(withoutGold)
    const bare = { ...run, thresholds: null } // what is stored outlives the thresholds of today
    const isFew = plain.length <= few
    const session = await (isFew ? warm.take(bare) : open(bare))
    try {
      await missingPos.tell(run, plain)
      for (let from = 0; from < plain.length; from += kept) {
        const predictions = await session.predict(plain.slice(from, from + kept), {
          progress: (done) => progress?.(from + done),
          signal,
        })
        if (workspace.runs.find(run.runId).bestEpoch !== run.bestEpoch)
          throw new AppError('conflict', `${run.name} reached a better epoch while it was predicting: ask again.`)
        const entries = predictions.flatMap((prediction, index) => {
          const sentence = unread[from + index]
          return prediction && sentence ? [{ sentenceId: sentence.sentenceId, prediction }] : []
        })
        workspace.predictions.store(run.runId, run.bestEpoch ?? run.epoch, entries)
      }
    } finally {
      if (!isFew) session.close()
    }
  }

  return {
    open,
    ensure,
    close: warm.close,
    async ensureById(run, sentenceIds, progress, signal) {
      const sentences = sentenceIds.map((sentenceId) => {
        const { text, tokens } = workspace.corpora.sentence(sentenceId)
        return { sentenceId, ...withPos(wordsOf(text, tokens), tokens) }
      })
      await ensure(run, sentences, progress, signal)
    },
  }
}
