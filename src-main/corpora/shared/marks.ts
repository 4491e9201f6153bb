/** Marks: spans by characters and the relations between them, as annotation tools keep them. */
import type { AnnotatedRelation, Provenance } from '#main/document/annotation'
import type { Remarkable } from '#main/document/remark'
import type { ChangeKind } from './changes.ts'
import type { ProblemLog } from './problem-log.ts'

/** A span by characters. Offsets are code points of the text, `end` exclusive. */
export interface Mark extends Remarkable {
  /** Unique among the marks of its layer. */
  readonly id: string
  readonly start: number
  readonly end: number
  readonly label: string
  readonly provenance: Provenance
}

/** Marks: the annotation of a text by one annotator. Subject and object of a relation are ids of its marks. */
export interface Marks {
  readonly spans: readonly Mark[]
  readonly relations: readonly AnnotatedRelation[]
}

export const noMarks: Marks = { spans: [], relations: [] }

/** A ProblemLog for one record. */
export interface RecordLog {
  note(message: string): void
  change(kind: ChangeKind, count?: number): void
}

export function logOfRecord(log: ProblemLog, record: number): RecordLog {
  return {
    note: (message) => log.note(record, message),
    change: (kind, count) => log.change(kind, record, count),
  }
}

export const silentLog: RecordLog = { note: () => undefined, change: () => undefined }
