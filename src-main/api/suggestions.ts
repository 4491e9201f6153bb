/** Suggestions in the contract: who suggests in a corpus, the types of runs of other corpora, and rules. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { CountedLayer } from '#main/document/layer'
import { suggestingKinds, type SuggestingLayer, type SuggestionSource } from '#main/document/suggestion-source'
import type { SuggestionGroup } from '#main/document/suggestion-group'
import type { TypeMapping, TypeNames } from '#main/document/type-mapping'
import { fileReference, readChoice } from './imports.ts'
import { corpusId, runId } from './shared.ts'

export interface SuggestionSources {
  /** The source that suggests: the chosen one while it is there, else the best run by dev; null for none. */
  readonly source: SuggestionSource | null
  readonly layers: readonly (CountedLayer & SuggestingLayer & { readonly rules: string | null })[]
  /** Ids of the runs of other corpora that may suggest, since a mapping of their types is kept. */
  readonly mappedRuns: readonly string[]
}

export interface RunTypes {
  readonly of: TypeNames
  /** The kept mapping, else the proposed one. */
  readonly mapping: TypeMapping
}

export interface RuleCount {
  readonly line: number
  readonly text: string
  readonly isPattern: boolean
  readonly label: string
  readonly matches: number
  readonly sentences: number
  /** The first places, each with the text around it. */
  readonly examples: readonly { readonly before: string; readonly match: string; readonly after: string }[]
}

export interface RulesPreview {
  /** Rules with the most matches first. */
  readonly counts: readonly RuleCount[]
  readonly rules: number
  readonly matches: number
  readonly sentences: number
  /** Number of sentences that were looked at, the first of the corpus. */
  readonly lookedAt: number
  /** Labels of rules that the label set does not hold. */
  readonly unknownLabels: readonly string[]
  /** Sentences on lines that are left out: those that are no rules, and patterns that take too long. */
  readonly problems: readonly string[]
}

export interface AppliedRules {
  readonly layer: SuggestingLayer
  readonly sentences: number
  readonly matches: number
  readonly problems: readonly string[]
}

export interface ImportedLayer {
  readonly layer: SuggestingLayer
  readonly sentences: number
  readonly spans: number
  readonly relations: number
  /** Number of records that could not be read, or that hold a sentence that is not in the corpus. */
  readonly recordsLeftOut: number
  /** Sentences that tell a person what of the file was left out. */
  readonly problems: readonly string[]
}

export interface CountedGroup {
  readonly group: SuggestionGroup
  readonly count: number
  readonly sentences: number
  readonly meanProbability: number
  /** The first places, each with the words around it. */
  readonly examples: readonly {
    readonly sentenceId: number
    readonly before: string
    readonly match: string
    readonly after: string
  }[]
}

/** Open suggestions of sentences that wait for a review, by group, the largest first. */
export interface SuggestionGroups {
  readonly groups: readonly CountedGroup[]
  /** Number of groups that are not listed. */
  readonly unlisted: number
  readonly suggestions: number
  /** Number of sentences that wait, and of those that the source has spoken of. */
  readonly waiting: number
  readonly predicted: number
}

/** Characters of a set of rules. */
const mostCharacters = 2_000_000

const layerName = z.string().trim().min(1, 'a source needs a name').max(120)

export const suggestingLayer = z.strictObject({ kind: z.enum(suggestingKinds), name: layerName })

export const suggestionSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run'), runId }),
  z.strictObject({ kind: z.literal('layer'), layer: suggestingLayer }),
])

const group = z.strictObject({ kind: z.enum(['span', 'relation']), type: z.string(), text: z.string().nullable() })

const reviewed = { corpusId, source: suggestionSource, leastProbability: z.number().min(0).max(1).default(0) }

const targets = z.record(z.string(), z.string().nullable())

const rules = {
  corpusId,
  rules: z.string().min(1).max(mostCharacters),
  /** True where strings of the rules match in any case. */
  isAnyCase: z.boolean().default(false),
}

export const suggestions = {
  sources: oc.input(z.object({ corpusId })).output(type<SuggestionSources>()),
  /** Remembers who suggests in a corpus. */
  choose: oc.input(z.object({ corpusId, source: suggestionSource.nullable() })).output(type<void>()),
  /** Types of a run, and which types of a corpus they stand for. */
  runTypes: oc.input(z.object({ corpusId, runId })).output(type<RunTypes>()),
  /** Keeps for which types of a corpus those of a run stand; types that the label set lacks are added to it. */
  mapTypes: oc
    .input(z.object({ corpusId, runId, mapping: z.strictObject({ entities: targets, relations: targets }) }))
    .output(type<void>()),
  /** Finds strings and patterns in the first sentences of a corpus; writes nothing. */
  previewRules: oc.input(z.object(rules)).output(type<RulesPreview>()),
  /** Makes the matches of rules in a whole corpus suggestions, in place of those of the same name, as a task that can be cancelled. */
  applyRules: oc
    .input(z.object({ ...rules, name: layerName, addsLabels: z.boolean().default(false), taskId: z.string() }))
    .output(type<AppliedRules>()),
  /**
   * Makes what another system says suggestions, in place of those of the same name: a file in any format of a corpus, whose sentences are
   * found by their letters. Types that the label set lacks are left out, or added to it. A dry run writes nothing and answers or fails as the
   * import would; a strict one is refused where a record cannot be taken.
   */
  importLayer: oc
    .input(
      z.object({
        ...{ corpusId, name: z.string().trim().max(120), file: fileReference, ...readChoice },
        ...{ addsLabels: z.boolean().default(false), taskId: z.string() },
        ...{ isDryRun: z.boolean().optional(), isStrict: z.boolean().optional() },
      }),
    )
    .output(type<ImportedLayer>()),
  /** Counts the open suggestions of a source in the sentences that wait for a review, by type or by words. */
  groups: oc.input(z.object({ ...reviewed, by: z.enum(['type', 'string']) })).output(type<SuggestionGroups>()),
  /** Accepts or rejects all suggestions of a group as one act; answers with the number of sentences that it changed. */
  answer: oc.input(z.object({ ...reviewed, group, isAccepted: z.boolean() })).output(type<number>()),
  /** Takes the suggestions of a layer away; what was accepted of them stays. */
  removeLayer: oc.input(z.object({ corpusId, layer: suggestingLayer })).output(type<void>()),
}
