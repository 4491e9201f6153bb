/** Schemas that several nouns of the contract share. */
import { z } from 'zod'
import { splits } from '#main/document/doc'
import { anchorTroubles, goldAgainstRun, layerStates, repeatPlaces } from '#main/document/sentence-row'
import { mostListed } from '#main/document/split-act'
import { matchModes } from '#main/evaluation/match-mode'

z.config({ jitless: true }) // zod's compiled parsers need eval, which the content security policy forbids

export const split = z.enum(splits)

export const matchMode = z.enum(matchModes)

const id = z.int().positive()

export const corpusId = id

export const sentenceId = id

export const runId = z.string().min(1)

const probability = z.number().min(0).max(1)

const runFilter = z.object({
  runId,
  gold: z.enum(goldAgainstRun).optional(),
  leastConfidence: probability.optional(),
  mostConfidence: probability.optional(),
})

export const sentenceFilter = z.object({
  splits: z.array(split).readonly().optional(),
  status: z.enum(['new', 'reviewed', 'flagged']).optional(),
  relationType: z.string().optional(),
  entityType: z.string().optional(),
  overlapClass: z.enum(['Normal', 'SEO', 'EPO', 'SOO', 'none']).optional(),
  repeated: z.enum(repeatPlaces).optional(),
  anchors: z.enum(anchorTroubles).optional(),
  layers: z.enum(layerStates).optional(),
  run: runFilter.optional(),
  search: z.string().optional(),
})

/** Sentences of a corpus: those listed, or all that match a filter but some. */
export const sentenceSelection = z.union([
  z.strictObject({ sentenceIds: z.array(sentenceId).min(1).max(mostListed).readonly() }),
  z.strictObject({ filter: sentenceFilter, without: z.array(sentenceId).max(mostListed).readonly().default([]) }),
])

/** Which part of a long list is asked for. */
export const page = { offset: z.int().min(0), limit: z.int().min(1).max(1000) }
