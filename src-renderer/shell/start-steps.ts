/** The steps of a first hour, each ticked by what the workspace holds, whoever made it and in whatever order. */
import type { CorpusSummary } from '#main/document/corpus-summary'
import type { Run } from '#main/runs/run'

export interface StartStep {
  readonly title: string
  /** How far it is, where that can be counted. */
  readonly progress: string
  readonly isDone: boolean
  readonly place: 'corpora' | 'annotate' | 'train' | 'compare'
  /** Selector of the control that the coach mark points at, and what it says there. */
  readonly target: string
  readonly hint: string
}

/** Name of the corpus that comes with the program: it is no work of the person. */
const sampleName = 'Sample'

/** Number of reviewed sentences from which on a first run learns something. */
const fewSentences = 20

export function startSteps(
  corpora: readonly Pick<CorpusSummary, 'name' | 'splits'>[],
  runs: readonly Pick<Run, 'corpusId' | 'bestEpoch'>[],
): StartStep[] {
  const own = corpora.filter(({ name }) => name !== sampleName)
  const reviewedOf = ({ splits }: Pick<CorpusSummary, 'splits'>): number =>
    splits.train.reviewed + splits.dev.reviewed + splits.test.reviewed
  const reviewed = Math.max(0, ...own.map(reviewedOf))
  const trained = runs.filter(({ bestEpoch }) => bestEpoch !== null)
  const mostOfOne = Math.max(
    0,
    ...Map.groupBy(trained, ({ corpusId }) => corpusId)
      .values()
      .map(({ length }) => length),
  )
  return [
    {
      ...{ title: 'Import a text', progress: '', isDone: own.length > 0, place: 'corpora' },
      target: '[data-coach=import]',
      hint: 'Choose a text file or a corpus in any of 25 formats. The dialog shows what it would become before anything is imported.',
    },
    {
      ...{ title: `Label ${fewSentences} sentences`, isDone: reviewed >= fewSentences, place: 'annotate' },
      progress: reviewed >= fewSentences ? '' : `${reviewed} of ${fewSentences}`,
      target: '.annotate [role=grid]',
      hint: 'Shift and the arrows select words, the key of a type labels them, R draws a relation from the chosen span, N goes to the next suggestion and Enter accepts it. Press one now. Suggestions, above the sentence, begins with a word list.',
    },
    {
      ...{ title: 'Train a run', progress: '', isDone: trained.length > 0, place: 'train' },
      target: '[data-coach=train]',
      hint: 'A first run takes minutes. From then on it suggests in Annotate, and its errors are the next sentences to label.',
    },
    {
      ...{ title: 'Compare two runs', isDone: mostOfOne > 1, place: 'compare' },
      progress: mostOfOne === 1 ? '1 of 2 runs' : '',
      target: 'main h1',
      hint: 'Two runs of one corpus stand side by side here, with the sentences that only one of them gets right.',
    },
  ]
}
