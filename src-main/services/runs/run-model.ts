/** The model of a run as its best checkpoint holds it. */
import { AppError } from '#main/core/errors'
import { thresholdsOf, type Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import type { ModelSource } from './model-source.ts'
import { readBest } from './run-checkpoint.ts'
import { encoderFilesFor } from './run-encoder.ts'
import type { UnseenWordsOf } from './unseen-words.ts'

/** @throws AppError conflict where there is no checkpoint yet, storage where it is damaged, not-found where an encoder is gone. */
export async function readRunModel(
  { workspace, tellOnce }: Pick<ServiceContext, 'workspace' | 'tellOnce'>,
  run: Run,
  unseenOf: UnseenWordsOf,
): Promise<ModelSource> {
  // two thirds of the bytes are only for training
  const stored = await readBest(workspace, run, (name) => name !== 'optimizer.safetensors')
  if (!stored)
    throw new AppError('conflict', `${run.name} has no checkpoint yet: let it finish at least one epoch first.`)
  if (stored.note !== null) tellOnce(`${run.name}: ${stored.note}`)
  const encoder = await encoderFilesFor(workspace, run.config.model.encoder, false)
  if (encoder?.note) tellOnce(encoder.note)
  const { backend, threads } = run.config
  return {
    ...{ backend, threads, checkpoint: stored.files, encoder: encoder?.files ?? null },
    ...{ unseen: unseenOf(run), thresholds: run.thresholds ? thresholdsOf(run) : null },
    symmetric: run.data.symmetric,
  }
}
