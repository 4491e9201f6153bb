/** Predictor: reads sentences with a run's best checkpoint, once; afterwards the stored predictions answer. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import { wordsOf } from '#main/text/words'
import { withoutGold, withPos, type SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { Run } from '#main/runs/run'
import type { ComputeHost } from '#main/compute/messages'
import { unpackPredictions } from '#main/compute/packed-predictions'
import type { ServiceContext } from '../context.ts'
import { encoderFilesFor } from './run-encoder.ts'
import { workOnLadder } from '#main/machine/fall-back'
import { createMissingPos } from './missing-pos.ts'
import { readBest } from './run-checkpoint.ts'
import type { LadderBackend, BackendLadder } from '#main/machine/backend-ladder'
import { createUnseenWords } from './unseen-words.ts'

export interface Predictor {
  /** Predictions of sentences, in order; nothing is stored. */
  read(run: Run, sentences: readonly SentenceWords[], options?: ReadOptions): Promise<Prediction[]>
  /** What `read` looks up by itself; to be done once where many sentences are read group by group. */
  lookUp(run: Run, sentences: Iterable<readonly string[]>, signal?: AbortSignal): Promise<WordVectors | null>
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
}

interface ReadOptions {
  readonly progress?: ((done: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Draws the stochastic maps by this seed. */
  readonly sampleSeed?: number
  /** Of words that were not in training. */
  readonly vectors?: WordVectors | null
  /** The caller says itself, beside what was read, which words had no part of speech: then no notice does. */
  readonly hasNotes?: boolean
}

interface UnreadSentence extends SentenceWords {
  readonly sentenceId: number
}

const cancelled = (): AppError => new AppError('cancelled', 'The prediction was cancelled.')

function assertGoesOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled()
}

function* wordsOfAll(sentences: readonly SentenceWords[]): Generator<readonly string[]> {
  for (const { words } of sentences) yield words
}

export function createPredictor(context: ServiceContext, compute: ComputeHost, ladder: BackendLadder): Predictor {
  const { workspace } = context
  const { lookUp } = createUnseenWords(context)
  const missingPos = createMissingPos(context)

  async function readPlain(
    run: Run,
    sentences: readonly SentenceWords[],
    { progress, signal, sampleSeed, vectors: given, hasNotes = false }: ReadOptions = {},
  ): Promise<Prediction[]> {
    if (sentences.length === 0) return []
    assertGoesOn(signal)
    // two thirds of the bytes are only for training
    const stored = await readBest(workspace, run, (name) => name !== 'optimizer.safetensors')
    if (!stored)
      throw new AppError('conflict', `${run.name} has no checkpoint yet: let it finish at least one epoch first.`)
    const checkpoint = stored.files
    if (stored.note !== null) context.tellOnce(`${run.name}: ${stored.note}`)
    const vectors = given === undefined ? await lookUp(run, wordsOfAll(sentences), signal) : given
    const predictions: Prediction[] = []
    if (!hasNotes) await missingPos.tell(run, sentences)

    const readOn = async ({ backend }: LadderBackend): Promise<void> => {
      const { threads } = run.config
      const unread = sentences.slice(predictions.length)
      const encoder = await encoderFilesFor(workspace, run.config.model.encoder, false)
      if (encoder?.note) context.tellOnce(encoder.note)
      const job = {
        kind: 'predict',
        checkpoint,
        encoder: encoder?.files ?? null,
        vectors,
        sentences: unread,
        threshold: null,
        ...(sampleSeed === undefined ? {} : { sampleSeed }),
        backend,
        threads,
      } as const
      assertGoesOn(signal)
      const handle = compute.run(job)
      const cancel = (): void => handle.cancel()
      signal?.addEventListener('abort', cancel, { once: true })
      try {
        for await (const event of handle.events) {
          if (event.type !== 'predictions') continue
          for await (const prediction of unpackPredictions(event.predictions, yieldToEventLoop)) {
            assertGoesOn(signal)
            predictions.push(prediction)
          }
          progress?.(predictions.length)
        }
      } finally {
        signal?.removeEventListener('abort', cancel)
      }
    }

    await workOnLadder(ladder, {
      choice: run.config.backend,
      isLong: false,
      begin: readOn,
      position: () => predictions.length,
      onRestart(reason) {
        context.emit({ type: 'notice', message: `${reason} Reading goes on in another one.`, runId: null })
      },
      onFall(reason, next) {
        context.emit({ type: 'notice', message: `${reason} Reading goes on with ${next}.`, runId: null })
      },
      isStopped: () => signal?.aborted ?? false,
    })
    assertGoesOn(signal)
    if (predictions.length < sentences.length) throw cancelled()
    return predictions
  }

  async function ensure(
    run: Run,
    sentences: readonly UnreadSentence[],
    progress?: (done: number) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const stored = workspace.predictions.of(
      run.runId,
      sentences.map(({ sentenceId }) => sentenceId),
    )
    const unread = sentences.filter(({ sentenceId }) => !stored.has(sentenceId))
    const predictions = await readPlain(run, unread.map(withoutGold), { progress, signal })
    const entries = unread.flatMap(({ sentenceId }, index) => {
      const prediction = predictions[index]
      return prediction ? [{ sentenceId, prediction }] : []
    })
    if (workspace.runs.find(run.runId).bestEpoch !== run.bestEpoch)
      throw new AppError('conflict', `${run.name} reached a better epoch while it was predicting: ask again.`)
    if (entries.length > 0) workspace.predictions.store(run.runId, run.bestEpoch ?? run.epoch, entries)
  }

  return {
    async read(run, sentences, options) {
      const predictions = await readPlain(run, sentences, options)
      const thresholds = run.thresholds?.byRelation
      return thresholds ? predictions.map((prediction) => ({ ...prediction, thresholds })) : predictions
    },
    lookUp,
    ensure,
    async ensureById(run, sentenceIds, progress, signal) {
      const sentences = sentenceIds.map((sentenceId) => {
        const { text, tokens } = workspace.corpora.sentence(sentenceId)
        return { sentenceId, ...withPos(wordsOf(text, tokens), tokens) }
      })
      await ensure(run, sentences, progress, signal)
    },
  }
}
