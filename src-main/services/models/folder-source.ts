/** The folder of a model as what predictions are made with. */
import type { ModelFolder } from '#main/model-folder/model-folder'
import type { ModelSource } from '../runs/model-source.ts'

export function sourceOf(
  { checkpoint, encoder, vectors, facts }: ModelFolder,
  computing: Pick<ModelSource, 'backend' | 'threads'>,
): ModelSource {
  return {
    ...{ ...computing, checkpoint, encoder },
    unseen: vectors && ((words) => vectors.of(words)),
    thresholds: facts.run.thresholds?.byRelation,
  }
}
