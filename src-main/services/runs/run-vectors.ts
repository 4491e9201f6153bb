/** Word vectors of new runs: of the file that is asked for, or else of the run that they start from. */
import path from 'node:path'
import { AppError } from '#main/core/errors'
import type { RunRequest } from '#main/api/runs'
import type { RunConfig } from '#main/runs/config'
import type { Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import type { FoundVectors } from './vector-files.ts'
import { assertFits } from './vector-fit.ts'

export interface FoundForRuns {
  /** Null where none are used. */
  readonly vectors: FoundVectors | null
  /** What to know of them, in plain sentences. */
  readonly remarks: readonly string[]
}

/** Gives the words whose vectors can be used, in lower case, once they are asked for. */
export type LookUp = () => Promise<ReadonlySet<string>>

export interface RunVectors {
  /** @throws AppError invalid-input where the file asked for cannot be used. */
  find(request: RunRequest, words: LookUp, from: Run | null): Promise<FoundForRuns>
  /** The same for an estimate, which names what is wrong with the file beside all else that it can say. */
  tryFind(
    request: RunRequest,
    words: LookUp,
    from: Run | null,
  ): Promise<FoundForRuns & { readonly failure: string | null }>
}

const none: FoundForRuns = { vectors: null, remarks: [] }

export function createRunVectors(vectorFiles: ServiceContext['vectorFiles']): RunVectors {
  async function find({ vectors, encoder, model }: RunRequest, words: LookUp, from: Run | null): Promise<FoundForRuns> {
    const { vectors: earlier = null, model: source } = from?.config ?? {}
    if (encoder || source?.encoder.kind === 'bert') return none
    if (vectors === null) return earlier ? findSame(earlier, words) : none
    const wanted = await words()
    const found = await vectorFiles.read(vectors, wanted)
    assertFits(found, wanted, source?.encoder.wordDimension ?? model.wordDimension)
    return { vectors: found, remarks: [] }
  }

  /** Those of an earlier run; where they are gone, that is told and stops nothing. */
  async function findSame({ file, sha256 }: NonNullable<RunConfig['vectors']>, words: LookUp): Promise<FoundForRuns> {
    const without = (reason: string): FoundForRuns => ({
      vectors: null,
      remarks: [`New words begin with random vectors: ${reason}`],
    })
    try {
      const found = await vectorFiles.read(file, await words())
      if (found.identity.sha256 === sha256) return { vectors: found, remarks: [] }
      return without(`${path.basename(file)} is not the file any more that the earlier run was trained with.`)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return without(error.message)
    }
  }

  return {
    find,
    async tryFind(request, words, from) {
      try {
        return { ...(await find(request, words, from)), failure: null }
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return { ...none, failure: error.message }
      }
    },
  }
}
