/** Schemas of the changes that an operation on an annotation is made of. */
import { z } from 'zod'
import { origins } from '#main/document/annotation'
import { isEmptyRemark } from '#main/document/remark'

const provenance = z.object({
  origin: z.enum(origins),
  author: z.string(),
  confidence: z.number().min(0).max(1).exactOptional(),
})

/** A remark is left out where there is none, so that equal items are equal data. */
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
