/** Label sets in the contract: reading, changing and checking them. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Count } from '#main/core/count'
import type { Split } from '#main/document/doc'
import type { LabelCase } from '#main/labels/label-case'
import type { LabelSet } from '#main/labels/label-set'
import { corpusId, page } from './shared.ts'

const labelSet = z.object({
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
        symmetric: z.literal(true).exactOptional(),
      }),
    )
    .readonly(),
  signatures: z.array(z.object({ relation: z.string(), subject: z.string(), object: z.string() })).readonly(),
})

/** RelabelPreview: numbers of items that renaming or merging a type would change. */
export interface RelabelPreview {
  readonly isMerge: boolean
  readonly spans: number
  readonly relations: number
  readonly rejections: number
  readonly unanchored: number
  /** Number of spans, relations and triples of other annotators and systems. */
  readonly inLayers: number
  /** Number of items that become equal to others and are dropped. */
  readonly collapsed: number
  readonly sentences: number
  readonly examples: readonly { readonly sentenceId: number; readonly text: string }[]
}

export interface ViolationPage {
  readonly total: number
  readonly items: readonly ViolatingSentence[]
  /** False while sentences are still checked after the label set changed, or sentences came; "corpora-changed" tells the end. */
  readonly isComplete: boolean
}

export interface ViolatingSentence {
  readonly sentenceId: number
  readonly split: Split
  readonly position: number
  readonly messages: readonly string[]
}

const relabel = z.object({
  corpusId,
  kind: z.enum(['entity', 'relation']),
  from: z.string().min(1),
  to: z.string().trim().min(1),
})

export const labels = {
  get: oc.input(z.object({ corpusId: corpusId })).output(type<LabelSet>()),
  /** Adds and reorders types; a type in use cannot be left out. */
  update: oc.input(z.object({ corpusId: corpusId, labels: labelSet })).output(type<LabelSet>()),
  /** Counts the occurrences of each type, most frequent first. */
  usage: oc
    .input(z.object({ corpusId: corpusId }))
    .output(type<{ readonly entityTypes: Count[]; readonly relationTypes: Count[] }>()),
  /** Counts what renaming or merging a type would change; writes nothing. */
  previewRelabel: oc.input(relabel).output(type<RelabelPreview>()),
  /** Renames a type in the label set and in every sentence, or merges it into another: one act, which undo takes back. */
  relabel: oc.input(relabel).output(type<{ readonly labels: LabelSet; readonly sentences: number }>()),
  /** Reviewed sentences that hold a type, those worked on last first. */
  cases: oc
    .input(
      z.object({
        corpusId: corpusId,
        kind: z.enum(['entity', 'relation']),
        name: z.string().min(1),
        limit: z.int().min(1).max(100),
      }),
    )
    .output(type<LabelCase[]>()),
  /** Sentences whose annotation the label set, or the tags, cannot hold. */
  violations: oc.input(z.object({ corpusId: corpusId, ...page })).output(type<ViolationPage>()),
}
