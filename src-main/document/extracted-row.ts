/** The results of an extraction as rows: triples, pairs with their support, entities with the variants of their names. */

import type { Plausibility, Verdict } from './extracted-document.ts'

/** One triple of an extraction with its sentence, or what stands around it in one that is very long. Offsets are code points into the document, end exclusive. */
export interface ExtractedRow {
  readonly tripleId: number
  /** Name of its document, and the number of that in the extraction, from 0. */
  readonly document: string
  readonly position: number
  readonly subject: RowSpan
  readonly relation: string
  readonly object: RowSpan
  readonly probability: number
  /** Share of the triples like it that are right on dev; left out where the run is not calibrated. */
  readonly calibratedProbability?: number
  readonly plausibility?: Plausibility
  /** Verdict of a person in a check sample; left out where nobody judged it. */
  readonly verdict?: Verdict
  readonly sentence: string
  readonly sentenceStart: number
  /** Probability that the other extraction gives it; only where two are compared. */
  readonly otherProbability?: number | null
}

export interface RowSpan {
  readonly text: string
  readonly type: string
  readonly start: number
  readonly end: number
  readonly entityId: number
  /** Tells its text and type from all others of the extraction. */
  readonly nameId: number
}

/** All triples between two entities with one relation. */
export interface PairRow {
  readonly pairId: number
  readonly subject: NamedEntity
  readonly relation: string
  readonly object: NamedEntity
  readonly triples: number
  /** Number of sentences and of documents that hold such a triple. */
  readonly sentences: number
  readonly documents: number
  readonly bestProbability: number
  readonly meanProbability: number
  /** Other objects of the same subject, where the relation mostly has one object a subject in training; the best supported first. */
  readonly otherObjects: readonly OtherPair[]
  /** Other relations of the same subject and object; the best supported first. */
  readonly otherRelations: readonly OtherPair[]
}

export interface OtherPair {
  readonly pairId: number
  /** The other object, or the other relation. */
  readonly name: string
  readonly sentences: number
}

/** An entity under the variant of its name that is most frequent. */
export interface NamedEntity {
  readonly entityId: number
  readonly name: string
}

export interface EntityRow extends NamedEntity {
  /** Number of ends of triples that it is. */
  readonly mentions: number
  /** Ways in which its name is written, the most frequent first; at most `mostVariants`. */
  readonly variants: readonly NameVariant[]
  /** Number of all its variants. */
  readonly variantCount: number
  /** Its relations, the best supported first; at most `mostRelations`. */
  readonly relations: readonly EntityRelation[]
}

export interface NameVariant {
  readonly text: string
  readonly type: string
  readonly mentions: number
}

export interface EntityRelation {
  readonly relation: string
  /** True where the entity is the subject. */
  readonly isSubject: boolean
  /** Number of other entities that it relates to in this way. */
  readonly pairs: number
}

export const mostVariants = 12
export const mostRelations = 12

/** Which triples are asked for; parts that are left out hold for all. */
export interface RowFilter {
  readonly relation?: string | undefined
  readonly subjectType?: string | undefined
  readonly objectType?: string | undefined
  readonly leastProbability?: number | undefined
  readonly mostProbability?: number | undefined
  readonly plausibility?: Plausibility | undefined
  /** Beginning of the name of the document: a file's name stands for all its documents. */
  readonly document?: string | undefined
  /** Words that the sentence, or the names of subject and object, must hold. */
  readonly search?: string | undefined
  readonly searchIn?: 'sentence' | 'names' | undefined
  readonly pairId?: number | undefined
  readonly entityId?: number | undefined
  /** Compared with another extraction of the same input. */
  readonly against?: ComparedWith | undefined
}

export interface ComparedWith {
  readonly extractionId: number
  /** `only`: what the other one lacks; `changed`: what both have with probabilities that differ. */
  readonly are: 'only' | 'both' | 'changed'
}

/** Difference of two probabilities from which a triple counts as changed. */
export const leastChange = 0.05

/** Which pairs are asked for. */
export interface PairFilter {
  readonly relation?: string | undefined
  /** Of the best triple of the pair. */
  readonly leastProbability?: number | undefined
  /** Least number of sentences. */
  readonly leastSentences?: number | undefined
  /** Words that the names of subject or object must hold. */
  readonly search?: string | undefined
  readonly entityId?: number | undefined
  /** Only pairs that another one contradicts. */
  readonly conflicts?: boolean | undefined
}

export interface EntityFilter {
  readonly search?: string | undefined
}

export const rowSorts = ['order', 'probability', 'relation', 'subject'] as const
export const pairSorts = ['support', 'probability'] as const

export interface Sorting<By extends string> {
  readonly by: By
  readonly isDescending: boolean
}

/** RowPlace: the place at which a page ended; the next one begins behind it. */
export interface RowPlace {
  /** The part of the list, where it has several. */
  readonly part: string
  readonly key: string | number
  readonly id: number
}

export interface RowPage<Row> {
  readonly rows: readonly Row[]
  /** Null at the end of the list. */
  readonly next: RowPlace | null
  /** Number of all that pass; null where only a count of all of them would tell. */
  readonly total: number | null
}

/** RowMarks: the places at which the pages of a piece of a list begin, so that it can be opened anywhere; the list is counted piece by piece. */
export interface RowMarks {
  /** Number of rows of the piece. */
  readonly count: number
  /** Ends of the pages in order: page n begins behind the one before. */
  readonly places: readonly RowPlace[]
  /** Place behind which the next piece begins; null at the end of the list. */
  readonly next: RowPlace | null
}

/** Number of rows of the first piece that is counted, which is there at once, and of the others. */
export const firstCounted = 10_000
export const countedAtOnce = 100_000

/** Rows between two marks. */
export const rowsPerPage = 100

/** ResultFacts: the values by which lists of results are filtered, with counts, and the share of the documents whose rows are made. */
export interface ResultFacts {
  readonly relations: readonly { readonly relation: string; readonly triples: number; readonly isFunctional: boolean }[]
  readonly types: readonly { readonly type: string; readonly subjects: number; readonly objects: number }[]
  readonly documents: number
  /** Number of documents whose triples are rows already. */
  readonly listed: number
  readonly triples: number
  readonly pairs: number
  readonly entities: number
}

/** An entity with those that it relates to. */
export interface Neighbourhood {
  readonly centre: NamedEntity
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** Number of edges that were left out, because they lead to more nodes than were asked for; at least so many where `isMore`. */
  readonly leftOut: number
  readonly isMore: boolean
}

export interface GraphNode extends NamedEntity {
  readonly type: string
  readonly mentions: number
  /** Number of edges from the centre. */
  readonly distance: number
}

export interface GraphEdge {
  readonly pairId: number
  readonly subjectId: number
  readonly relation: string
  readonly objectId: number
  readonly sentences: number
  readonly bestProbability: number
}

/** Two extractions of the same input, relation by relation. */
export interface ComparedResults {
  readonly onlyHere: number
  readonly onlyThere: number
  readonly both: number
  /** Of both: those with probabilities that differ by `leastChange` or more. */
  readonly changed: number
  readonly relations: readonly ComparedRelation[]
}

export interface ComparedRelation {
  readonly relation: string
  readonly onlyHere: number
  readonly onlyThere: number
  readonly both: number
  readonly changed: number
}
