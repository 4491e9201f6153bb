/** The folder of a model as what predictions are made with. */
import { thresholdsOf } from '#main/runs/run'
import type { ModelFolder } from '#main/model-folder/model-folder'
import { AppError } from '#main/core/errors'
import { openEnglishVectors } from '../runs/english-vectors.ts'
import type { FindVectors, ModelSource } from '../runs/model-source.ts'

export function sourceOf(
  { checkpoint, encoder, vectors, facts }: ModelFolder,
  computing: Pick<ModelSource, 'backend' | 'threads'>,
): ModelSource {
  return {
    ...{ ...computing, checkpoint, encoder },
    unseen: facts.unseenWords === 'english' ? inEnglish(facts) : vectors && ((words) => vectors.of(words)),
    thresholds: facts.run.thresholds ? thresholdsOf(facts.run) : null,
    symmetric: facts.run.data.symmetric,
  }
}

function inEnglish({ espalier, run }: ModelFolder['facts']): FindVectors {
  return async (words) => {
    const { sha256, of } = await openEnglishVectors()
    if (sha256 === run.config.vectors?.sha256) return of(words)
    throw new AppError(
      'invalid-input',
      `The model looks up words in the English vectors that came with Espalier ${espalier}, and this version brings others. Export it there with --vectors all, or use that version.`,
    )
  }
}
