/** SeenText: a profile of the texts that an extraction has read, and how many triples of each relation type it found in them. */
import type { ExtractedDocument } from '#main/document/extracted-document'
import type { SentenceWords } from '#main/document/labelled-sentence'
import { addCounts, type RelationCounts } from '#main/evaluation/drift'
import type { ExtractionRules } from '#main/evaluation/extraction-rules'
import { addProfiles, emptyProfile, type TextProfile } from '#main/evaluation/text-profile'
import { passes } from '#main/labels/plausibility'
import type { Run } from '#main/runs/run'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { profilesFor } from '../runs/text-profiles.ts'

/** Equal documents count once. */
export interface SeenText {
  readonly profile: TextProfile
  /** Triples from the thresholds on, those that are left out for their types included. */
  readonly relations: RelationCounts
  /** Number of triples that were left out for their types. */
  readonly leftOut: number
}

export const nothingSeen: SeenText = { profile: emptyProfile, relations: {}, leftOut: 0 }

export type LookAt = (
  sentences: readonly SentenceWords[],
  documents: readonly ExtractedDocument[],
  signal: AbortSignal,
) => Promise<SeenText>

export async function createLookAt(
  context: ServiceContext,
  run: Run,
  { usual, pairRule }: ExtractionRules,
): Promise<LookAt> {
  const profile = usual && (await profilesFor(context, run))
  return async (sentences, documents, signal) => {
    const relations: Record<string, number> = {}
    let leftOut = 0
    for (const { sentences: found } of documents)
      for (const { triples } of found)
        for (const { relation, plausibility } of triples) {
          relations[relation] = (relations[relation] ?? 0) + 1
          if (!passes(pairRule, plausibility ?? null)) leftOut++
        }
    const words = sentences.map((sentence) => sentence.words)
    return { relations, leftOut, profile: profile ? await profile(words, signal) : emptyProfile }
  }
}

export function addSeen(one: SeenText, other: SeenText): SeenText {
  return {
    profile: addProfiles(one.profile, other.profile),
    relations: addCounts(one.relations, other.relations),
    leftOut: one.leftOut + other.leftOut,
  }
}

/** Null where nothing was left out. */
export function describeLeftOut({ leftOut }: SeenText): string | null {
  return leftOut === 0
    ? null
    : `${countOf(leftOut, 'triple was', 'triples were')} left out for the types of their ends (equal documents counted once).`
}
