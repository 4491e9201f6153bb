/** Several people on one corpus in the contract: how far their annotations agree. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { layerKinds, type Layer } from '#main/document/layer'
import type { AgreementReport } from '#main/evaluation/agreement/report'
import { corpusId } from './shared.ts'

const layer = z.object({ kind: z.enum(layerKinds), name: z.string().min(1) })

/** A layer of a corpus with the number of its sentences. */
export interface ShownLayer extends Layer {
  readonly sentences: number
}

export const team = {
  /** The layers of a corpus; its own annotation is the last, named "gold". */
  layers: oc.input(z.object({ corpusId })).output(type<ShownLayer[]>()),
  /** Agreement of these layers; of all annotators for null. */
  agreement: oc
    .input(
      z.object({
        corpusId,
        layers: z.array(layer).max(20).readonly().nullable().default(null),
        seed: z.int().min(0).default(1),
      }),
    )
    .output(type<AgreementReport>()),
}
