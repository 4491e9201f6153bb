/** LabelRepository: the label set of each corpus, and which of its types are in use. */
import { AppError } from '#main/core/errors'
import type { Count } from '#main/core/count'
import type { LabelCase } from '#main/labels/label-case'
import { mergeLabelSets, type LabelSet } from '#main/labels/label-set'
import type { LabelKind } from '#main/labels/edit-labels'
import { refuseUnderWay } from './batch-acts.ts'
import type { Database } from './database.ts'
import { readLabelCases } from './label-cases.ts'
import { putLabels } from './label-changes.ts'
import { countLabels } from './sentence-counts.ts'
import { collisions, countItems, countUses, firstWith, holdersAmong, type LabelUses } from './label-uses.ts'
import { countInLayers, sentencesOfLayersWith, type LabelRenaming } from './layer-labels.ts'
import { runInSlices } from './slices.ts'
import {
  checkSentences,
  readViolating,
  writeChecked,
  type CheckedSentences,
  type ViolatingSentences,
} from './violating-sentences.ts'

export interface LabelRepository {
  /** @throws AppError 'not-found' */
  get(corpusId: number): LabelSet
  /** Puts a label set in place of the corpus's own. @throws AppError 'conflict' when a type in use is left out. */
  update(corpusId: number, labels: LabelSet): LabelSet
  /** Does the same without checking what is in use: for callers that rename what is in use. */
  put(corpusId: number, labels: LabelSet): void
  /** Counts the uses of a label, without its refusals. */
  uses(corpusId: number, kind: LabelKind, label: string): LabelUses
  /** Number of spans or relations of a label in these sentences. */
  itemsIn(kind: LabelKind, label: string, sentenceIds: readonly number[]): number
  /** Which of these sentences hold the label in spans, relations or unanchored triples. */
  holdersAmong(kind: LabelKind, label: string, sentenceIds: readonly number[]): ReadonlySet<number>
  /** Ids of the first sentences with the label, refusals of it included. */
  firstWith(corpusId: number, kind: LabelKind, label: string, limit: number): number[]
  /** Ids of the sentences that a renaming may change in more than the spans or relations of the label, found in steps. */
  collisions(corpusId: number, kind: LabelKind, from: string, to: string): Generator<void, number[]>
  /** Reviewed sentences that hold the type, those worked on last first. */
  cases(corpusId: number, kind: LabelKind, name: string, limit: number): LabelCase[]
  /** Ids of the sentences whose layers may hold the label, in ascending order. */
  sentencesOfLayersWith(corpusId: number, label: string): number[]
  /** Number of items of the label in the layers of these sentences, by sentence; a sentence without any is left out. */
  countInLayers(sentenceIds: readonly number[], renaming: LabelRenaming): Map<number, number>
  /** Adds the types and signatures that the corpus does not have yet. */
  extend(corpusId: number, labels: LabelSet): void
  /** A page of the sentences whose annotation does not fit the label set or the tags. */
  violating(corpusId: number, offset: number, limit: number): ViolatingSentences
  /** Looks for sentences whose flag is not as the label set has it, some at each step. */
  checkSteps(corpusId: number): Generator<void, CheckedSentences>
  /** Writes what was found, with pauses between transactions of some milliseconds. */
  keepChecked(corpusId: number, checked: CheckedSentences, pause: () => Promise<void>): Promise<void>
  /** Counts the occurrences of each type, most frequent first; relation types with their unanchored triples. */
  used(corpusId: number): { readonly entityTypes: Count[]; readonly relationTypes: Count[] }
}

export function createLabelRepository(database: Database): LabelRepository {
  const get = (corpusId: number) => {
    const row = database.get<{ labels: string }>('SELECT labels FROM corpus WHERE corpus_id = ?', corpusId)
    if (!row) throw new AppError('not-found', `There is no corpus ${corpusId}. Look at the list of corpora.`)
    return JSON.parse(row.labels) as LabelSet // written from a LabelSet
  }
  const used = (corpusId: number) => ({
    entityTypes: countLabels(database, corpusId, 'entity'),
    relationTypes: countLabels(database, corpusId, 'relation'),
  })
  const put = (corpusId: number, labels: LabelSet) => {
    refuseUnderWay(database, corpusId)
    putLabels(database, corpusId, labels)
  }
  return {
    get,
    used,
    put,
    violating: (corpusId, offset, limit) => readViolating(database, corpusId, offset, limit),
    checkSteps: (corpusId) => checkSentences(database, corpusId),
    keepChecked: (corpusId, checked, pause) => runInSlices(database, writeChecked(database, corpusId, checked), pause),
    uses: (...request) => countUses(database, ...request),
    itemsIn: (...request) => countItems(database, ...request),
    holdersAmong: (...request) => holdersAmong(database, ...request),
    firstWith: (...request) => firstWith(database, ...request),
    collisions: (...request) => collisions(database, ...request),
    cases: (corpusId, kind, name, limit) => readLabelCases(database, corpusId, kind, name, limit),
    sentencesOfLayersWith: (corpusId, label) => sentencesOfLayersWith(database, corpusId, label),
    countInLayers: (sentenceIds, renaming) => countInLayers(database, sentenceIds, renaming),
    extend: (corpusId, labels) => database.transaction(() => put(corpusId, mergeLabelSets(get(corpusId), labels))),
    update: (corpusId, labels) =>
      database.transaction(() => {
        get(corpusId)
        const inUse = used(corpusId)
        refuseMissing('entity type', labels.entityTypes, inUse.entityTypes)
        refuseMissing('relation type', labels.relationTypes, inUse.relationTypes)
        put(corpusId, labels)
        return get(corpusId)
      }),
  }
}

function refuseMissing(noun: string, kept: readonly { readonly name: string }[], inUse: readonly Count[]): void {
  const names = new Set(kept.map(({ name }) => name))
  const missing = inUse.find(({ label }) => !names.has(label))
  if (missing)
    throw new AppError(
      'conflict',
      `The ${noun} ${missing.label} is used ${missing.count} times, so it cannot leave the label set. Change or remove those annotations first.`,
    )
}
