/** Warm starts: what a run that starts from another's weights takes over from it, and what it cannot ask for. */
import { AppError } from '#main/core/errors'
import type { RunRequest } from '#main/api/runs'
import type { Run } from '#main/runs/run'
import { valueIn } from '#main/runs/run-settings'
import { networkParts, settingsOf } from '#main/runs/setting-values'
import type { Workspace } from '#main/storage/workspace'
import { filesOfEncoder, readEncoder, type ReadEncoder } from './run-encoder.ts'

/** @throws AppError invalid-input naming what differs: weights fit only the model they were learnt in. */
export function assertStartsFrom(request: RunRequest, from: Run): void {
  if (from.bestEpoch === null)
    throw new AppError('invalid-input', `${from.name} has no checkpoint yet, so nothing can start from it.`)
  const differing = request.variants.find((variant) => variant !== from.config.variant)
  if (differing)
    throw new AppError(
      'invalid-input',
      `${from.name} is ${from.config.variant}; a run of ${differing} cannot start from its weights. Choose the same variant or family.`,
    )
  if (from.config.model.encoder.kind === 'bert')
    refuseWordSettings(request, `${from.name}, which has a BERT and no LSTM`)
  for (const setting of settingsOf(...networkParts)) {
    const asked = request.model[setting.name]
    const has = valueIn(from.config, setting)
    if (asked !== undefined && asked !== has)
      throw new AppError(
        'invalid-input',
        `${setting.label} is ${has} in ${from.name}; a run that starts from its weights cannot have ${asked}. Leave it out.`,
      )
  }
}

/**
 * Refuses settings that only a model which reads words has: they would be passed over without a word.
 * @param whose "a BERT, which has no LSTM"
 */
export function refuseWordSettings({ model, vectors }: RunRequest, whose: string): void {
  const asked = settingsOf('lstm').find(({ name }) => model[name] !== undefined)
  const what = vectors === null ? asked?.label : 'Word vectors'
  if (what !== undefined) throw new AppError('invalid-input', `${what} cannot be set for ${whose}: leave that out.`)
}

/**
 * The BERT that it goes on with: the very one of `from`, by its hash; null where that one reads words.
 * @throws AppError naming what is asked for instead, or that it is gone.
 */
export async function encoderToGoOnWith(
  workspace: Workspace,
  request: RunRequest,
  from: Run,
): Promise<ReadEncoder | null> {
  const { encoder } = from.config.model
  const { encoder: asked } = request
  if (encoder.kind === 'lstm') {
    if (asked)
      throw new AppError(
        'invalid-input',
        `${from.name} reads words by an LSTM; a run that starts from its weights cannot have a BERT. Leave the encoder out.`,
      )
    return null
  }
  const { folder, sha256 } = encoder.source
  if (asked && asked.isFrozen !== encoder.isFrozen) {
    const [is, wanted] = encoder.isFrozen ? ['frozen', 'fine-tuned'] : ['fine-tuned', 'frozen']
    throw new AppError(
      'invalid-input',
      `The encoder of ${from.name} is ${is}; a run that starts from its weights cannot have it ${wanted}. Leave the encoder out.`,
    )
  }
  if (asked && (await readEncoder(asked)).encoder.source.sha256 !== sha256)
    throw new AppError(
      'invalid-input',
      asked.folder === folder
        ? `${folder} holds another encoder now than the one ${from.name} was trained with, which the workspace has kept. Leave the encoder out.`
        : `${from.name} reads with the encoder of ${folder}, which ${asked.folder} is not. Leave the encoder out.`,
    )
  const { files, note } = await filesOfEncoder(workspace, encoder)
  return { encoder, files, note }
}
