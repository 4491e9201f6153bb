/** TestedRow: a row of a comparison as tests take it, and the reasons for which two rows are not compared. */
import type { SentenceCounts } from '#main/evaluation/sentence-counts'
import { enumerate } from '#main/text/enumeration'
import { countOf } from '#main/text/numbers'

export interface TestedRun {
  readonly name: string
  /** Null for an evaluation of before counts were kept. */
  readonly counts: SentenceCounts | null
  /** The same for runs that were scored on the same words and gold. */
  readonly goldKey: string
  readonly changedSentences: number
  /** Null where it is not known. */
  readonly isTuned: boolean | null
  /** Was its epoch selected on the split that is scored, though that is no dev split? */
  readonly isSelectedHere: boolean | null
}

export interface TestedRow {
  readonly label: string
  readonly runs: readonly TestedRun[]
}

/** Why a row cannot be compared with the baseline, with the way out; null where it can. */
export function whyNotTested(row: TestedRow, baseline: TestedRow): string | null {
  const all = [...baseline.runs, ...row.runs]
  const [first] = all
  const uncounted = all.filter(({ counts }) => counts === null).map(({ name }) => name)
  if (uncounted.length > 0)
    return `${enumerate(uncounted)} ${uncounted.length === 1 ? 'was' : 'were'} scored before counts of sentences were kept. Score again.`
  const stranger = all.find(({ goldKey }) => goldKey !== first?.goldKey)
  if (first && stranger) {
    const changed = all.filter(({ changedSentences }) => changedSentences > 0)
    const [outdated = stranger] = changed
    return changed.length === 0
      ? `${stranger.name} was scored on other sentences or other gold than ${first.name}. Score both again.`
      : `${outdated.name} was scored before ${countOf(outdated.changedSentences, 'sentence')} changed, and not all runs were. Score it again.`
  }
  return (
    mixOf(row, baseline, ({ isTuned }) => isTuned, mixedThresholds) ?? mixOf(row, baseline, selected, mixedSelection)
  )
}

const selected = ({ isSelectedHere }: TestedRun): boolean | null => isSelectedHere
const mixedThresholds = (some: string, others: string): string =>
  `${some} was scored with thresholds tuned on dev and ${others} with one threshold. Tune all runs, or none.`
const mixedSelection = (some: string, others: string): string =>
  `The epoch of ${some} was selected on this very split and that of ${others} was not. Train the first again with its epoch selected on dev.`

/** What is said where some runs are known to have a property and others to lack it. */
function mixOf(
  row: TestedRow,
  baseline: TestedRow,
  has: (run: TestedRun) => boolean | null,
  say: (some: string, others: string) => string,
): string | null {
  const all = [...baseline.runs, ...row.runs]
  const [some, other] = [all.find((run) => has(run) === true), all.find((run) => has(run) === false)]
  return some && other ? say(some.name, other.name) : null
}
