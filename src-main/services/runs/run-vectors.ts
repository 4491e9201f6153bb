/** Word vectors of new runs: of the file that is asked for, of the run that they start from, or those of the program. */
import path from 'node:path'
import { AppError } from '#main/core/errors'
import type { RunRequest } from '#main/api/runs'
import type { RunConfig } from '#main/runs/config'
import type { Run } from '#main/runs/run'
import { settingNamed } from '#main/runs/setting-values'
import { describeChanged, englishVectors, leastEnglish, noVectors, showVectors } from '#main/runs/vector-choice'
import type { ServiceContext } from '../context.ts'
import { coverageOf } from './corpus-facts.ts'
import type { Vocabulary } from './corpus-words.ts'
import type { FoundVectors } from './vector-files.ts'
import { assertFits } from './vector-fit.ts'

export interface FoundForRuns {
  /** Null where none are used. */
  readonly vectors: FoundVectors | null
  /** Remarks on the vectors for the person, in sentences. */
  readonly remarks: readonly string[]
}

/** Gives the words whose vectors can be used, once they are asked for. */
export type LookUp = () => Promise<Vocabulary>

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

/** Remark on a run that starts without word vectors. */
const randomStart = 'Without word vectors the embedding starts from random numbers.'

/** Vectors of the language of a text have most of its words; the share that English ones need is asked of all. */
function remarksOnCoverage(file: string, share: number): string[] {
  if (share >= leastEnglish) return []
  return [
    `${path.basename(showVectors(file))} has vectors for only ${(100 * share).toFixed(1)} % of the text of train: are they of its language, and spelled as it is? All other words start from random numbers.`,
  ]
}

export function createRunVectors(vectorFiles: ServiceContext['vectorFiles']): RunVectors {
  async function find({ vectors, encoder, model }: RunRequest, words: LookUp, from: Run | null): Promise<FoundForRuns> {
    const { vectors: earlier = null, model: source } = from?.config ?? {}
    if (encoder || source?.encoder.kind === 'bert') return none
    const width = source?.encoder.wordDimension ?? model.wordDimension
    if (vectors === noVectors) return { vectors: null, remarks: from ? [] : [randomStart] }
    if (vectors === null && earlier) return findSame(earlier, words)
    if (vectors === null) return from ? none : findOwn(width, words)
    const vocabulary = await words()
    const wanted = new Set(vocabulary.words)
    const found = await vectorFiles.read(vectors, wanted)
    assertFits(found, wanted, width)
    const { tokenShare } = coverageOf(vocabulary, new Set(found.vectors.words))
    return { vectors: found, remarks: remarksOnCoverage(vectors, tokenShare) }
  }

  /** Those that come with the program, where they are as wide as the words and the text is English enough. */
  async function findOwn(width = settingNamed('wordDimension').usual, words: LookUp): Promise<FoundForRuns> {
    const vocabulary = await words()
    const found = await vectorFiles.read(englishVectors, vocabulary.words)
    const { dimension } = found.identity
    if (width !== dimension)
      return {
        vectors: null,
        remarks: [`${randomStart} Those that come with Espalier are ${dimension} wide, and the words here ${width}.`],
      }
    const { tokenShare, words: count } = coverageOf(vocabulary, new Set(found.vectors.words))
    const share = `${(100 * tokenShare).toFixed(1)} %`
    if (count === 0) return none
    if (tokenShare >= leastEnglish)
      return {
        vectors: found,
        remarks: [
          `Words start from the English vectors that come with Espalier: they cover ${share} of the text of train.`,
        ],
      }
    return {
      vectors: null,
      remarks: [
        `${randomStart} The English ones that come with Espalier cover ${share} of the text of train, less than ${100 * leastEnglish} %, ` +
          'and none of other languages come with it: name a file of word vectors of the language of the corpus.',
      ],
    }
  }

  /** Those of an earlier run; where they are gone, that is told and stops nothing. */
  async function findSame({ file, sha256 }: NonNullable<RunConfig['vectors']>, words: LookUp): Promise<FoundForRuns> {
    const without = (reason: string): FoundForRuns => ({
      vectors: null,
      remarks: [`New words begin with random vectors: ${reason}`],
    })
    try {
      const found = await vectorFiles.read(file, (await words()).words)
      if (found.identity.sha256 === sha256) return { vectors: found, remarks: [] }
      return without(describeChanged(path.basename(file)))
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
