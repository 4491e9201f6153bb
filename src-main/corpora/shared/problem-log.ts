/** ProblemLog: gathers what a parser could not take, record by record, and counts records and changes. */
import type { Problem, ProblemCount } from '#main/core/problem'
import { kindOf } from '#main/core/problem-kind'
import type { ParseCounts } from '../parse-counts.ts'
import type { SettingName, SettingOffer } from '#main/document/read-settings'
import { describeOffer } from './offers.ts'
import { createKindCount } from './problem-kinds.ts'
import { remarks, repairs, repeats, type ChangeKind, type RepeatKind } from './changes.ts'

/** Thrown while one record is read; the record is rejected with this message and reading goes on. */
export class RecordError extends Error {
  override name = 'RecordError'
}

/** Thrown while one record is read, when it shows that the file is of another layout: nothing of the file is taken. */
export class FileError extends Error {
  override name = 'FileError'
}

/** Thrown while one record is read that stands in the file again: it is neither taken nor rejected, and counted as a repeat. */
export class RepeatedRecord extends Error {
  override name = 'RepeatedRecord'
  readonly kind: RepeatKind

  constructor(kind: RepeatKind) {
    super(`the record is repeated`)
    this.kind = kind
  }
}

export interface ProblemLog {
  /** Rejections and notes in the order of the file, of each the first `mostKept`, and one line for each kind of change. */
  problems(): readonly Problem[]
  /** Number of rejections and notes that `problems` leaves out. */
  unlisted(): number
  /** All rejections, notes and changes, by kind. */
  kinds(): ProblemCount[]
  /** A line or record is named when a problem that `problems` lists is of it. */
  names(line: number): boolean
  counts(): Pick<ParseCounts, 'accepted' | 'repaired' | 'rejected'>
  /** Sentences about every change of this group, in the order of its table. */
  sentences(group: 'repairs' | 'repeats'): string[]
  note(line: number | null, message: string): void
  /** Counts a change; a record with a repair counts as repaired. */
  change(kind: ChangeKind, line: number, count?: number): void
  /** Counts what another setting would read. */
  offer(setting: SettingName, count: number): void
  offers(): SettingOffer[]
  /** The record that `read` makes of line or record `line`; null when it had to be rejected. */
  record<Value>(line: number, read: () => Value): Value | null
}

interface Change {
  count: number
  /** Line or record of the first. */
  readonly line: number
}

/** Rejections, and notes, that are kept of a file: more than anybody reads, in a megabyte of memory. */
const mostKept = 5000

/** @param onRejected called with each record that is rejected, also with those that the list leaves out. */
export function createProblemLog(file: string, onRejected?: (line: number, message: string) => void): ProblemLog {
  const problems: Problem[] = []
  const kinds = createKindCount(file)
  const lines = new Set<number>()
  const listed = { rejected: 0, repaired: 0, note: 0 }
  let unlisted = 0
  const tally = { accepted: 0, repaired: 0, rejected: 0 }
  const changes = new Map<ChangeKind, Change>()
  const offers = new Map<SettingName, number>()
  /** Changes of the record that is being read: they count when it is taken. */
  let pending: (() => void)[] = []
  let isRepaired = false
  let isReading = false
  const add = (severity: Problem['severity'], line: number | null, message: string): void => {
    kinds.add(severity, kindOf(message))
    if (listed[severity]++ >= mostKept) return void unlisted++
    problems.push({ file, line, message, severity })
    if (line !== null) lines.add(line)
  }
  const count = (kind: ChangeKind, line: number, by: number) => {
    const known = changes.get(kind)
    if (known) return void (known.count += by)
    changes.set(kind, { count: by, line })
    lines.add(line)
  }

  return {
    problems: () => [...problems, ...changesAsProblems(file, changes)],
    unlisted: () => unlisted,
    kinds: () => [...kinds.counts(), ...changeKinds(file, changes)],
    names: (line) => lines.has(line),
    counts: () => ({ ...tally }),
    sentences: (group) => sentencesOf(group === 'repairs' ? repairs : repeats, changes),
    note: (line, message) => {
      if (isReading) pending.push(() => add('note', line, message))
      else add('note', line, message)
    },
    change(kind, line, by = 1) {
      if (by === 0) return
      if (isReading) pending.push(() => count(kind, line, by))
      else count(kind, line, by)
      if (kind in repairs) isRepaired = true
    },
    offer(setting, by) {
      const settle = (): void => void offers.set(setting, (offers.get(setting) ?? 0) + by)
      if (isReading) pending.push(settle)
      else settle()
    },
    offers: () =>
      Array.from(offers, ([setting, count]) => ({ setting, count, message: describeOffer(setting, count) })),
    record(line, read) {
      pending = []
      isReading = true
      isRepaired = false
      try {
        const value = read()
        pending.forEach((settle) => settle())
        tally[isRepaired ? 'repaired' : 'accepted']++
        return value
      } catch (error) {
        if (error instanceof RepeatedRecord) {
          count(error.kind, line, 1)
          return null
        }
        if (!(error instanceof RecordError)) throw error
        add('rejected', line, error.message)
        onRejected?.(line, error.message)
        tally.rejected++
        return null
      } finally {
        pending = []
        isReading = false
      }
    },
  }
}

type Names = Readonly<Record<string, (count: number) => string>>

function sentencesOf(names: Names, changes: ReadonlyMap<ChangeKind, Change>): string[] {
  return Object.entries(names).flatMap(([kind, say]) => {
    const change = changes.get(kind as ChangeKind) // the tables' own keys
    return change ? [say(change.count)] : []
  })
}

const changeGroups = [
  { names: repairs, severity: 'repaired', end: '' },
  { names: repeats, severity: 'note', end: ', taken once' },
  { names: remarks, severity: 'note', end: '' },
] as const

function changeKinds(file: string, changes: ReadonlyMap<ChangeKind, Change>): ProblemCount[] {
  return describedChanges(changes).map(({ kind, severity, count }) => ({ file, severity, kind, count }))
}

function changesAsProblems(file: string, changes: ReadonlyMap<ChangeKind, Change>): Problem[] {
  return describedChanges(changes).map(({ line, message, severity, kind }) => ({ file, line, message, severity, kind }))
}

function describedChanges(changes: ReadonlyMap<ChangeKind, Change>) {
  return changeGroups.flatMap(({ names, severity, end }) =>
    Object.entries(names).flatMap(([kind, say]) => {
      const change = changes.get(kind as ChangeKind) // the tables' own keys
      const describe = (count: number): string => `${say(count)}${end} (the first is here)`
      // one kind whether a file has one or several: its name is that of several
      return change ? [{ ...change, severity, message: describe(change.count), kind: kindOf(describe(2)) }] : []
    }),
  )
}
