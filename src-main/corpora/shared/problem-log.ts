/** ProblemLog: gathers what a parser could not take, record by record, and counts records and changes. */
import type { Problem } from '#main/core/problem'
import type { ParseCounts } from '../parse-counts.ts'
import type { SettingName } from '#main/document/read-settings'
import { remarks, repairs, repeats, type ChangeKind, type RepeatKind } from './changes.ts'

/** Thrown while one record is read; the record is rejected with this message and reading goes on. */
export class RecordError extends Error {
  override name = 'RecordError'
}

/** Thrown while one record is read, when it shows that the file is of another layout: nothing of the file is taken. */
export class FileError extends Error {
  override name = 'FileError'
}

export interface ProblemLog {
  /** Rejections and notes in the order of the file, and one line for each kind of change. */
  problems(): readonly Problem[]
  counts(): Pick<ParseCounts, 'accepted' | 'repaired' | 'rejected'>
  /** Records taken, by number, in order. */
  readonly taken: readonly number[]
  /** Sentences about every change of this group, in the order of its table. */
  sentences(group: 'repairs' | 'repeats'): string[]
  note(line: number | null, message: string): void
  /** Counts a change; a record with a repair counts as repaired. */
  change(kind: ChangeKind, line: number, count?: number): void
  /** Counts a record that stands in the file again: it is neither taken nor rejected. */
  repeatRecord(kind: RepeatKind, line: number): void
  /** Counts what another setting would read. */
  offer(setting: SettingName, count: number): void
  offered(setting: SettingName): number
  /** The file as a whole cannot be read. */
  rejectFile(message: string): void
  /** The record that `read` makes of line or record `line`; null when it had to be rejected. */
  record<Value>(line: number, read: () => Value): Value | null
}

interface Change {
  count: number
  /** Line or record of the first. */
  readonly line: number
}

export function createProblemLog(file: string): ProblemLog {
  const problems: Problem[] = []
  const tally = { accepted: 0, repaired: 0, rejected: 0 }
  const changes = new Map<ChangeKind, Change>()
  const offers = new Map<SettingName, number>()
  const taken: number[] = []
  /** Changes of the record that is being read: they count when it is taken. */
  let pending: (() => void)[] = []
  let isRepaired = false
  const add = (severity: Problem['severity'], line: number | null, message: string) =>
    problems.push({ file, line, message, severity })
  const reject = (line: number | null, message: string) => {
    add('rejected', line, message)
    tally.rejected++
  }
  const count = (kind: ChangeKind, line: number, by: number) => {
    const known = changes.get(kind)
    if (known) known.count += by
    else changes.set(kind, { count: by, line })
  }

  return {
    taken,
    problems: () => [...problems, ...changesAsProblems(file, changes)],
    counts: () => ({ ...tally }),
    sentences: (group) => sentencesOf(group === 'repairs' ? repairs : repeats, changes),
    note: (line, message) => void add('note', line, message),
    change(kind, line, by = 1) {
      if (by === 0) return
      pending.push(() => count(kind, line, by))
      if (kind in repairs) isRepaired = true
    },
    repeatRecord: (kind, line) => count(kind, line, 1),
    offer: (setting, by) => void pending.push(() => void offers.set(setting, (offers.get(setting) ?? 0) + by)),
    offered: (setting) => offers.get(setting) ?? 0,
    rejectFile: (message) => reject(null, message),
    record(line, read) {
      const known = problems.length
      pending = []
      isRepaired = false
      try {
        const value = read()
        pending.forEach((settle) => settle())
        tally[isRepaired ? 'repaired' : 'accepted']++
        taken.push(line)
        return value
      } catch (error) {
        if (!(error instanceof RecordError)) throw error
        problems.length = known
        reject(line, error.message)
        return null
      } finally {
        pending = []
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

function changesAsProblems(file: string, changes: ReadonlyMap<ChangeKind, Change>): Problem[] {
  const groups = [
    { names: repairs, severity: 'repaired', end: '' },
    { names: repeats, severity: 'note', end: ', taken once' },
    { names: remarks, severity: 'note', end: '' },
  ] as const
  return groups.flatMap(({ names, severity, end }) =>
    Object.entries(names).flatMap(([kind, say]): Problem[] => {
      const change = changes.get(kind as ChangeKind) // the tables' own keys
      return change
        ? [{ file, line: change.line, message: `${say(change.count)}${end} (the first is here)`, severity }]
        : []
    }),
  )
}
