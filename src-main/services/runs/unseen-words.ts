/** Words that a run never saw in training, with their pretrained vectors: its word-vector file is asked again. */
import path from 'node:path'
import { unknownId, vocabularyFromText } from '#main/pretrained/vocabulary'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import { readBest } from './run-checkpoint.ts'

export interface UnseenWords {
  /** Vectors of the words of `sentences` that the run's best checkpoint does not know; null where there are none. */
  lookUp(run: Run, sentences: Iterable<readonly string[]>, signal?: AbortSignal): Promise<WordVectors | null>
}

const vocabularyFile = 'vocabulary.txt'

/** A file that is gone or has changed stops nothing: a notice says, once per run, that unseen words are read as unknown. */
export function createUnseenWords({ workspace, vectorFiles, emit }: ServiceContext): UnseenWords {
  const told = new Set<string>()

  function tell({ runId, name }: Run, reason: string): null {
    const message = `${name}: ${reason} Words that were not in training are read as unknown words.`
    if (!told.has(runId)) emit({ type: 'notice', message, runId: null })
    told.add(runId)
    return null
  }

  return {
    async lookUp(run, sentences, signal) {
      const { vectors } = run.config
      const stored = vectors && (await readBest(workspace, run, (name) => name === vocabularyFile))
      if (!stored) return null
      const { idOf } = vocabularyFromText(new TextDecoder().decode(stored.files[vocabularyFile]))
      const unseen = new Set<string>()
      for (const words of sentences)
        for (const word of words) if (idOf(word) === unknownId) unseen.add(word.toLowerCase())
      if (unseen.size === 0) return null
      try {
        const { vectors: found, identity } = await vectorFiles.read(vectors.file, unseen, signal)
        if (identity.sha256 !== vectors.sha256)
          return tell(run, `${path.basename(vectors.file)} is not the file any more that the run was trained with.`)
        return found.words.length > 0 ? found : null
      } catch (error) {
        if (signal?.aborted) throw error
        return tell(run, error instanceof Error ? error.message : String(error))
      }
    },
  }
}
