/** The model of the last prediction, kept so that the next sentence need not wait for it to be loaded again. */
import { readBertFolder } from '#main/pretrained/bert-folder'
import { loadModel, parseCheckpoint, type Checkpoint } from '#main/model/checkpoint'
import type { JointModel } from '#main/model/joint-model'
import { withMoreWords } from '#main/model/more-words'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { BackendChoice } from '#main/runs/backend-name'
import type { CheckpointBytes, PredictJob } from '#main/compute/messages'

interface KeptModel {
  readonly backend: BackendChoice
  readonly files: CheckpointBytes
  readonly vectors: WordVectors | null
  readonly checkpoint: Checkpoint
  readonly model: JointModel
}

type Stored = Pick<PredictJob, 'checkpoint' | 'encoder' | 'vectors'>

let kept: KeptModel | null = null

/** Model of these files on `backend`, which must be started. It stays valid until the next call. */
export async function openModel(
  { checkpoint: files, encoder, vectors }: Stored,
  backend: BackendChoice,
): Promise<KeptModel> {
  if (kept?.backend === backend && isSame(kept.files, files) && isSameVectors(kept.vectors, vectors)) return kept
  kept?.model.dispose()
  kept = null
  const stored = parseCheckpoint(files)
  const parsed = vectors ? withMoreWords(stored, vectors) : stored
  const bert = encoder ? readBertFolder(encoder).weights : undefined
  kept = { backend, files, vectors, checkpoint: parsed, model: await loadModel(parsed, { bert }) }
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

function isSameVectors(one: WordVectors | null, other: WordVectors | null): boolean {
  if (one === null || other === null) return one === other
  return (
    one.words.length === other.words.length &&
    one.words.every((word, row) => word === other.words[row]) &&
    one.values.every((value, at) => value === other.values[at])
  )
}

/** Compares bytes one by one, since pages have no `Buffer.compare`. */
function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}
