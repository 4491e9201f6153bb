/** Predictions of other systems: read from a file, matched with the sentences of a split, scored as runs are, and kept. */
import { randomUUID } from 'node:crypto'
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import type { SystemSummary } from '#main/api/predictions'
import { splits, type Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { goldTextTriples, textKey } from '#main/evaluation/match-items'
import { isAmong, matchSentences, type MatchedSentences, type ReadSentence } from '#main/evaluation/match-sentences'
import { scorerVersion } from '#main/evaluation/stored-evaluation'
import type { SystemRow } from '#main/storage/system-repository'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { undivided } from '../runs/kept-splits.ts'
import { splitSteps } from '../runs/run-splits.ts'
import { readSteadily } from '../runs/steady-read.ts'
import { openSources } from '../corpora/import-sources.ts'
import { readPredictions } from './read-predictions.ts'
import { createPresentScores } from './system-scores.ts'

export function createPredictions(context: ServiceContext): Handlers['predictions'] {
  const { workspace, uploads, reads, now } = context
  const { corpora, systems } = workspace
  const presentScores = createPresentScores(context)
  const readSplit = (corpusId: number, split: Split): Promise<LabelledSentence[]> =>
    readSteadily(corpora, corpusId, () => splitSteps(corpora, corpusId, split, undivided))
  const show = async (row: SystemRow): Promise<SystemSummary> => {
    const { systemId, corpusId, split, name, seed, fileName, notes, createdMs, evaluation } = await presentScores(row)
    const corpusName = corpora.find(corpusId).name
    return { systemId, corpusId, corpusName, split, name, seed, fileName, notes, createdMs, evaluation }
  }
  return {
    list: () => Promise.all(systems.list().map(show)),
    get: ({ systemId }) => show(systems.find(systemId)),
    async score({ corpusId, split, name, seed, file, ...choice }, signal = new AbortController().signal) {
      const { sources } = await openSources([{ file }], uploads, signal)
      const [opened, ...others] = sources
      if (!opened || others.length > 0)
        throw new AppError(
          'invalid-input',
          `Give one file of predictions; ${countOf(sources.length, 'file')} were found.`,
        )
      const sentences = await readSplit(corpusId, split)
      const corpus = corpora.find(corpusId).name
      if (sentences.length === 0)
        throw new AppError('invalid-input', `The ${split} split of "${corpus}" is empty: import it, or choose another.`)
      const read = await readPredictions(opened.source, choice, signal)
      const matched = matchSentences(sentences, read.sentences)
      if (matched.strangers.length > 0 || matched.pairs.length === 0)
        throw await strangersError(opened.source.name, corpus, split, matched, (own) => splitOf(corpusId, split, own))
      const member = { stated: matched.stated }
      const { counts, ...figures } = await reads.ask(
        'scored',
        { corpusId, split, divided: undivided, member },
        { signal },
      )
      const row: SystemRow = {
        ...{ systemId: randomUUID(), corpusId, split, name, seed: seed ?? null, fileName: opened.source.name },
        ...{ createdMs: now(), notes: [...notesOn(sentences, matched), ...read.notes] },
        ...{ scorer: scorerVersion, ...figures },
      }
      systems.add(row, counts, matched.stated)
      return show(row)
    },
    async remove({ systemId }) {
      systems.remove(systemId)
    },
  }

  /** Another split of the corpus that has the sentence. */
  async function splitOf(corpusId: number, asked: Split, sentence: ReadSentence): Promise<Split | undefined> {
    for (const split of splits) if (split !== asked && isAmong(await readSplit(corpusId, split), sentence)) return split
    return undefined
  }
}

async function strangersError(
  file: string,
  corpus: string,
  split: Split,
  { strangers, pairs }: MatchedSentences,
  splitOf: (sentence: ReadSentence) => Promise<Split | undefined>,
): Promise<AppError> {
  const [first] = strangers
  if (!first)
    return new AppError(
      'invalid-input',
      `${file} holds no sentence. Give predictions of the ${split} split of "${corpus}".`,
    )
  const elsewhere = await splitOf(first)
  const text = first.words.join(' ')
  const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text
  const all = strangers.length + pairs.length
  const wayOut = elsewhere
    ? `It is in ${elsewhere}: choose that split.`
    : 'Give predictions of the sentences of this corpus, spelt as they are there.'
  return new AppError(
    'invalid-input',
    `${file}: ${strangers.length} of its ${countOf(all, 'sentence')} ${strangers.length === 1 ? 'is' : 'are'} not in the ${split} split of "${corpus}", the first in record ${first.record}: "${shown}". ${wayOut}`,
  )
}

/** What is to be known of the match, as sentences. */
function notesOn(sentences: readonly LabelledSentence[], { pairs }: MatchedSentences): string[] {
  const missing = sentences.length - pairs.length
  const others = pairs.filter(({ here, read }) => read.gold !== null && !isSameGold(here, read)).length
  return [
    ...(missing > 0
      ? [`The file has no prediction for ${countOf(missing, 'sentence')}; their gold counts all the same.`]
      : []),
    ...(others > 0
      ? [
          `The gold in the file differs from that of the corpus in ${countOf(others, 'sentence')}: these scores are against the corpus, and need not be those that the system published.`,
        ]
      : []),
  ]
}

function isSameGold(here: LabelledSentence, { gold }: ReadSentence): boolean {
  const own = new Set(goldTextTriples(here).map(textKey))
  const theirs = new Set((gold ?? []).map(textKey))
  return own.size === theirs.size && [...theirs].every((key) => own.has(key))
}
