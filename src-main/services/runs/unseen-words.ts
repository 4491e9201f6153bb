/** Words that a run never saw in training, with their pretrained vectors: its word-vector file is asked again. */
import path from 'node:path'
import { describeChanged } from '#main/runs/vector-choice'
import type { Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import type { FindVectors } from './model-source.ts'

/**
 * How the vectors of a run's unseen words are found; null for a run without a word-vector file. A file that is gone or has
 * changed stops nothing: a notice says, once per run, that unseen words are read as unknown.
 */
export type UnseenWordsOf = (run: Run) => FindVectors | null

export function createUnseenWords({ vectorFiles, emit }: Pick<ServiceContext, 'vectorFiles' | 'emit'>): UnseenWordsOf {
  const told = new Set<string>()

  function tell({ runId, name }: Run, reason: string): null {
    const message = `${name}: ${reason} Words that were not in training are read as unknown words.`
    if (!told.has(runId)) emit({ type: 'notice', message, runId: null })
    told.add(runId)
    return null
  }

  return (run) => {
    const { vectors } = run.config
    return (
      vectors &&
      (async (words, signal) => {
        try {
          const { vectors: found, identity } = await vectorFiles.read(vectors.file, words, signal)
          if (identity.sha256 !== vectors.sha256) return tell(run, describeChanged(path.basename(vectors.file)))
          return found.words.length > 0 ? found : null
        } catch (error) {
          if (signal?.aborted) throw error
          return tell(run, error instanceof Error ? error.message : String(error))
        }
      })
    )
  }
}
