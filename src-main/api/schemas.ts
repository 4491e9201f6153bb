/** Schemas of what callers may send. Outputs are typed by views.ts; they come from our own services. */
import { z } from 'zod'
import { splits } from '#main/document/doc'
import { isEmptyRemark } from '#main/document/remark'
import { matchModes } from '#main/evaluation/match-mode'
import { backendNames } from '#main/runs/config'
import { presetNames } from '#main/runs/presets'
import { variantNames } from '#main/runs/variants'
import { queueOrders } from './views.ts'

z.config({ jitless: true }) // zod's compiled parsers need eval, which the content security policy forbids

export const split = z.enum(splits)
export const matchMode = z.enum(matchModes)
export const variant = z.enum(variantNames)
export const backend = z.enum(['auto', ...backendNames])
export const queueOrder = z.enum(queueOrders)
const id = z.int().positive()
export const corpusId = id
export const sentenceId = id
export const runId = z.string().min(1)

const provenance = z.object({
  origin: z.enum(['person', 'run', 'import', 'propagated', 'rule']),
  author: z.string(),
  confidence: z.number().min(0).max(1).exactOptional(),
})

/** Left out where there is none, so that equal items are equal data. */
const remark = z
  .object({ note: z.string(), isFlagged: z.boolean() })
  .refine((value) => !isEmptyRemark(value), 'an empty remark is left out')
  .exactOptional()

const span = z.object({
  id: z.string().min(1),
  start: z.int().min(0),
  end: z.int().min(1),
  label: z.string().min(1),
  chars: z.object({ start: z.int().min(0), end: z.int().min(1) }).exactOptional(),
  provenance,
  remark,
})

const relation = z.object({
  id: z.string().min(1),
  subject: z.string(),
  object: z.string(),
  type: z.string().min(1),
  provenance,
  remark,
})

const rejection = z.object({ id: z.string().min(1), kind: z.enum(['span', 'relation']), key: z.string(), provenance })
const review = z.object({ isReviewed: z.boolean(), isFlagged: z.boolean(), note: z.string() })

export const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('span'), before: span.nullable(), after: span.nullable() }),
  z.object({ kind: z.literal('relation'), before: relation.nullable(), after: relation.nullable() }),
  z.object({ kind: z.literal('rejection'), before: rejection.nullable(), after: rejection.nullable() }),
  z.object({ kind: z.literal('review'), before: review, after: review }),
])

export const sentenceFilter = z.object({
  splits: z.array(split).readonly().optional(),
  status: z.enum(['new', 'reviewed', 'flagged']).optional(),
  relationType: z.string().optional(),
  entityType: z.string().optional(),
  overlapClass: z.enum(['Normal', 'SEO', 'EPO', 'none']).optional(),
  search: z.string().optional(),
})

export const importFile = z.object({ name: z.string(), text: z.string() })
export const importRequest = z.object({
  corpus: z.string().trim().min(1, 'a corpus needs a name'),
  split,
  files: z.array(importFile).min(1, 'choose at least one file').readonly(),
  format: z.string().optional(),
})

export const labelSet = z.object({
  entityTypes: z
    .array(
      z.object({
        name: z.string().min(1),
        hue: z.int().exactOptional(),
        key: z.string().length(1).exactOptional(),
        guideline: z.string().exactOptional(),
      }),
    )
    .readonly(),
  relationTypes: z
    .array(
      z.object({
        name: z.string().min(1),
        key: z.string().length(1).exactOptional(),
        guideline: z.string().exactOptional(),
      }),
    )
    .readonly(),
  signatures: z.array(z.object({ relation: z.string(), subject: z.string(), object: z.string() })).readonly(),
})

/** What is named twice is meant once, at its first place. */
const once = <T>(values: T[]): T[] => [...new Set(values)]

/** What a person chooses for new runs; everything left out takes its default. One run per variant and seed. */
export const runRequest = z.object({
  corpusId,
  variants: z.array(variant).min(1, 'choose at least one variant').overwrite(once),
  seeds: z.array(z.int().min(0)).min(1, 'choose at least one seed').overwrite(once),
  /** Settings that belong together; what is set below goes before them. */
  preset: z.enum(presetNames).default('recommended'),
  /** Path of a word-vector file on this machine. */
  vectors: z.string().nullable().default(null),
  /** A Hugging Face folder of a BERT on this machine, in place of word vectors and LSTM. */
  encoder: z
    .object({ folder: z.string().min(1), isFrozen: z.boolean() })
    .nullable()
    .default(null),
  model: z
    .object({
      wordDimension: z.int().min(1).max(2048),
      hidden: z.int().min(1).max(2048),
      casingDimension: z.int().min(0).max(256),
      posDimension: z.int().min(0).max(256),
      anchor: z.enum(['last', 'first']),
    })
    .partial()
    .default({}),
  training: z
    .object({
      epochs: z.int().min(1).max(10_000),
      batchSize: z.int().min(1).max(4096),
      learningRate: z.number().positive().max(1),
      clipNorm: z.number().positive(),
      dropout: z.number().min(0).max(0.95),
      wordDropout: z.number().min(0).max(0.95),
      alpha: z.number().min(0),
      betaEntity: z.number().min(0),
      betaRelation: z.number().min(0),
      patience: z.int().min(1),
      threshold: z.number().gt(0).lt(1),
      order: z.enum(['bucketed', 'shuffled', 'file']),
      selectOn: z.enum(['dev', 'test']),
      readsWith: z.enum(['mean', 'sample']),
    })
    .partial()
    .default({}),
  backend: backend.default('auto'),
  /** 0 takes as many as the machine has cores for; one for a trained BERT, which gains nothing by more. */
  threads: z.int().min(0).max(256).default(0),
  /** Start from the best checkpoint of this run. */
  fromRunId: runId.nullable().default(null),
})
export type RunRequest = z.infer<typeof runRequest>
