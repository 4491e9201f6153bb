/** Removal: what goes into the bin with a corpus or run, in words that are read before it goes. */
import { countOf } from '#main/text/numbers'
import { binDays, type BinEntry, type CorpusContent } from './bin-entry.ts'

export interface Removal {
  readonly name: string
  /** Content of the corpus; null for a run. */
  readonly content: CorpusContent | null
  /** Names of the runs that learnt from the corpus; of a run its own. */
  readonly runs: readonly string[]
  /** Names of those of them that are queued or running: they have to be cancelled before anything is removed. */
  readonly activeRuns: readonly string[]
  /** Names of other runs that started from weights of these; they stay. */
  readonly startedFromThem: readonly string[]
  /** Number of extractions that were made with these runs; they stay, and say that their run was removed. */
  readonly extractions: number
  /** Size of the checkpoints, in megabytes. */
  readonly sizeMb: number
}

/** One sentence for each thing that goes along or stays. */
export function removalFacts(removal: Removal, keepsRuns: boolean): string[] {
  const { content, runs, activeRuns, startedFromThem, extractions } = removal
  const learnt = `${countOf(runs.length, 'run')} that learnt from it`
  return [
    ...(content ? [`${describeContent(content)}.`] : []),
    ...(content && runs.length > 0
      ? [
          keepsRuns
            ? `${learnt} will stay: ${listNames(runs)}. They can still extract, but not be scored, resumed or retrained.`
            : `${learnt} will go along: ${listNames(runs)}.`,
        ]
      : []),
    ...(activeRuns.length > 0 ? [`Queued or running, so to be cancelled first: ${listNames(activeRuns)}.`] : []),
    ...(startedFromThem.length > 0
      ? [
          `${countOf(startedFromThem.length, 'run')} that started from these weights will stay: ${listNames(startedFromThem)}.`,
        ]
      : []),
    ...(extractions > 0 && !(content && keepsRuns)
      ? [`${countOf(extractions, 'extraction')} made with ${runs.length === 1 ? 'this run' : 'these runs'} will stay.`]
      : []),
  ]
}

/** The sentence that says how long there is a way back. */
export const wayBack = `Everything can be restored from the bin for ${binDays} days.`

/** Facts about what nobody can bring back once an entry is erased. */
export function erasureFacts({ kind, content, runs }: BinEntry, sizeMb: number): string[] {
  const size = `${sizeMb < 10 ? sizeMb.toFixed(1) : Math.round(sizeMb)} MB of checkpoints`
  return [
    ...(content ? [`${describeContent(content)}.`] : []),
    ...(runs.length > 0
      ? [
          `${kind === 'run' ? 'The run' : `${countOf(runs.length, 'run')} (${listNames(runs.map(({ name }) => name))})`} with epochs, predictions, scores and ${size}.`,
        ]
      : []),
  ]
}

function describeContent({ sentences, reviewed, operations }: CorpusContent): string {
  const acts = operations === 0 ? 'no acts of annotation' : countOf(operations, 'act') + ' of annotation'
  return `${countOf(sentences, 'sentence')}, ${reviewed === 0 ? 'none' : reviewed.toLocaleString('en')} of them reviewed, with ${acts}`
}

/** The first few names, and how many more there are. */
function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown
}
