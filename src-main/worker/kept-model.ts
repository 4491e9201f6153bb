/** The model of the last prediction, kept so that the next sentence need not wait for it to be loaded again. */
import { readBertFolder } from '#main/pretrained/bert-folder'
import { loadModel, parseCheckpoint } from '#main/models/checkpoint'
import { lexiconOf } from '#main/models/encoders/lexicon'
import { growVocabulary, type GrowingVocabulary } from '#main/models/growing-vocabulary'
import type { Model } from '#main/models/model'
import type { PieceVocabulary } from '#main/pretrained/word-pieces'
import type { BackendChoice } from '#main/runs/backend-name'
import type { TrainingConfig } from '#main/runs/setting-values'
import type { CheckpointBytes, PredictJob } from '#main/compute/messages'

interface KeptModel {
  readonly backend: BackendChoice
  readonly files: CheckpointBytes
  readonly training: TrainingConfig
  readonly lexicon: GrowingVocabulary | PieceVocabulary
  readonly model: Model
}

type Stored = Pick<PredictJob, 'checkpoint' | 'encoder'>

let kept: KeptModel | null = null

/** Model of these files on `backend`, which must be started, without further words. It stays valid until the next call. */
export async function openModel({ checkpoint: files, encoder }: Stored, backend: BackendChoice): Promise<KeptModel> {
  if (kept?.backend === backend && isSame(kept.files, files)) {
    if (kept.lexicon.kind === 'words') kept.lexicon.forget()
    return kept
  }
  kept?.model.dispose()
  kept = null
  const stored = parseCheckpoint(files)
  const bert = encoder ? readBertFolder(encoder).weights : undefined
  const model = await loadModel(stored, { bert })
  const own = lexiconOf(stored)
  const lexicon = own.kind === 'words' ? growVocabulary(model, own) : own
  kept = { backend, files, training: stored.training, lexicon, model }
  return kept
}

function isSame(one: CheckpointBytes, other: CheckpointBytes): boolean {
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => {
      const [a, b] = [one[name], other[name]]
      return a !== undefined && b !== undefined && isSameBytes(a, b)
    })
  )
}

/** Compares bytes one by one, since pages have no `Buffer.compare`. */
function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}
