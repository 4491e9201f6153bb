/** Models as folders in the contract: a run's model written into a folder of its own, and made a run of again. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Run } from '#main/runs/run'
import { corpusId, runId } from './shared.ts'

/** Which word vectors go with a model: of the words that training has seen, or all of the file that it began from. */
export const vectorChoices = ['known', 'all'] as const

export interface ModelExport {
  /** The folder. */
  readonly path: string
  readonly bytes: number
  /** A sentence that says what becomes of words that training has not seen. */
  readonly unseen: string
  /** Things to know before the folder is given away. */
  readonly notes: readonly string[]
}

/** Contents of a model's folder that is whole and predicts its own sentences as it did when it was exported. */
export interface CheckedFolder {
  readonly name: string
  readonly variant: string
  readonly corpusName: string
  readonly entityTypes: number
  readonly relationTypes: number
  /** F1 on dev, 0 to 1; null where it is not known. */
  readonly bestF1: number | null
  readonly exportedMs: number
  /** Number of sentences that were predicted. */
  readonly sentences: number
}

const path = z.string().min(1)
const taskId = z.string().min(1)

export const models = {
  /** Writes the best epoch of a run into a folder that needs no workspace; the folder of another model may be replaced. */
  export: oc
    .input(
      z.object({
        ...{ runId, path, taskId },
        vectors: z.enum(vectorChoices).default('known'),
        replace: z.boolean().default(false),
      }),
    )
    .output(type<ModelExport>()),
  /** Compares every file of such a folder with its checksum and predicts its own sentences. */
  check: oc.input(z.object({ path, taskId: taskId.optional() })).output(type<CheckedFolder>()),
  /** Makes a run of such a folder, on a corpus that is named or on the one of its name, which is made where there is none. */
  import: oc
    .input(
      z.object({
        ...{ path, corpusId: corpusId.optional(), taskId: taskId.optional() },
        name: z.string().trim().min(1).max(120).optional(),
      }),
    )
    .output(type<{ readonly run: Run; readonly notes: readonly string[] }>()),
}
