/** Facts of the data of runs: of a corpus, whose words are counted once for every state of it, or of data that was read. */
import type { VectorCoverage } from '#main/api/runs'
import { countHeldOut } from '#main/document/held-out'
import { countRounded, countWords } from '#main/document/labelled-sentence'
import type { LabelSet } from '#main/labels/label-set'
import { inUse, unusedTypes } from '#main/labels/types-in-use'
import type { ServiceContext } from '../context.ts'
import type { Vocabulary, WordCounts } from './corpus-words.ts'
import type { RunFacts } from './run-facts.ts'
import { runInSlices } from '../slices.ts'
import type { RunData } from './run-data.ts'

export interface CorpusFacts {
  /** @throws AppError 'not-found' when there is no such corpus; 'conflict' while its sentences move. */
  of(corpusId: number): Promise<RunFacts>
  vocabulary(corpusId: number): Promise<Vocabulary>
}

/** Words are counted once for every state of a corpus, in the thread that reads. */
export function createCorpusFacts({ workspace, reads }: Pick<ServiceContext, 'workspace' | 'reads'>): CorpusFacts {
  const { corpora } = workspace
  const counting = new Map<number, Promise<void>>()

  async function count(corpusId: number): Promise<void> {
    corpora.keepWords(corpusId, await reads.ask('words', { corpusId }))
  }

  async function kept(corpusId: number, column: 'counts' | 'vocabulary'): Promise<string> {
    for (;;) {
      corpora.find(corpusId)
      const value = corpora.keptWords(corpusId, column)
      if (value !== null) return value
      const running = counting.get(corpusId) ?? count(corpusId).finally(() => counting.delete(corpusId))
      counting.set(corpusId, running)
      await running
    }
  }

  return {
    async of(corpusId) {
      const { splits, different } = JSON.parse(await kept(corpusId, 'counts')) as WordCounts // written by wordSteps
      const { train, dev, test } = splits
      const corpus = corpora.find(corpusId)
      return {
        ...learning(
          workspace.labels.get(corpusId),
          corpora.entityTypes(corpusId, 'train'),
          corpora.relationTypes(corpusId, 'train'),
        ),
        ...{ corpusName: corpus.name, differentWords: different },
        ...lending({ train: train.sentences, dev: dev.sentences, test: test.sentences }),
        isAnnotated: corpus.splits.train.spans > 0,
        ...{ words: train.words + dev.words, longest: train.longest, partsOfSpeech: train.partsOfSpeech },
        rounded: corpora.roundedSpans(corpusId, 'train'),
        posShare: train.words === 0 ? 0 : train.withPos / train.words,
      }
    },
    async vocabulary(corpusId) {
      return JSON.parse(await kept(corpusId, 'vocabulary')) as Vocabulary // written by wordSteps
    },
  }
}

/** The labels that runs learn, and the names of those that train never shows. */
function learning(
  labels: LabelSet,
  entityTypes: Iterable<string>,
  relationTypes: Iterable<string>,
): Pick<RunFacts, 'labels' | 'unseenTypes'> {
  const used = inUse(labels, entityTypes, relationTypes)
  return { labels: used, unseenTypes: unusedTypes(labels, used) }
}

/** The numbers of sentences as runs see them: without a dev split, a part of train takes its place. */
function lending(sentences: RunFacts['sentences']): Pick<RunFacts, 'sentences' | 'isDevLent'> {
  if (sentences.dev > 0) return { sentences, isDevLent: false }
  const dev = countHeldOut(sentences.train)
  return { sentences: { ...sentences, train: sentences.train - dev, dev }, isDevLent: dev > 0 }
}

/** The same of data that was read, counted in slices between which other work goes on. */
export function factsOf(data: RunData): Promise<RunFacts> {
  return runInSlices(factSteps(data))
}

/** Number of sentences that one step counts. */
const countedAtOnce = 500

export function* factSteps({ corpusName, labels, splits, isDevLent }: RunData): Generator<void, RunFacts> {
  const { train, dev, test } = splits
  const [different, partsOfSpeech] = [new Set<string>(), new Set<string>()]
  const [entityTypes, relationTypes] = [new Set<string>(), new Set<string>()]
  let [words, longest, withPos] = [0, 0, 0]
  for (const [at, sentence] of train.entries()) {
    words += sentence.words.length
    longest = Math.max(longest, sentence.words.length)
    for (const word of sentence.words) different.add(word.toLowerCase())
    for (const one of sentence.pos ?? []) {
      if (one === null) continue
      withPos++
      partsOfSpeech.add(one)
    }
    for (const { label } of sentence.spans) entityTypes.add(label)
    for (const { type } of [...sentence.triples, ...sentence.unanchored]) relationTypes.add(type)
    if (at % countedAtOnce === 0) yield
  }
  return {
    corpusName,
    ...learning(labels, entityTypes, relationTypes),
    differentWords: different.size,
    sentences: { train: train.length, dev: dev.length, test: test.length },
    isDevLent,
    isAnnotated: entityTypes.size > 0 || relationTypes.size > 0,
    words: words + countWords(dev),
    longest,
    rounded: countRounded(train),
    partsOfSpeech: [...partsOfSpeech].sort(),
    posShare: words === 0 ? 0 : withPos / words,
  }
}

/** The words of train and dev of data that was read, counted in slices. */
export function vocabularyOf(data: RunData): Promise<Vocabulary> {
  return runInSlices(vocabularySteps(data))
}

function* vocabularySteps({ splits: { train, dev } }: RunData): Generator<void, Vocabulary> {
  const inTrain = new Map<string, number>()
  for (const [sentences, times] of [
    [train, 1],
    [dev, 0],
  ] as const)
    for (const [at, { words }] of sentences.entries()) {
      for (const word of words) {
        const lower = word.toLowerCase()
        inTrain.set(lower, (inTrain.get(lower) ?? 0) + times)
      }
      if (at % countedAtOnce === 0) yield
    }
  return { words: [...inTrain.keys()], inTrain: [...inTrain.values()] }
}

/** How much of the train split is among `known`, which are in lower case. */
export function coverageOf({ words, inTrain }: Vocabulary, known: ReadonlySet<string>): VectorCoverage {
  const sums = { words: 0, covered: 0, tokens: 0, coveredTokens: 0 }
  for (const [at, word] of words.entries()) {
    const times = inTrain[at] ?? 0
    if (times === 0) continue
    sums.words++
    sums.tokens += times
    if (!known.has(word)) continue
    sums.covered++
    sums.coveredTokens += times
  }
  const tokenShare = sums.tokens === 0 ? 0 : sums.coveredTokens / sums.tokens
  return { words: sums.words, covered: sums.covered, tokenShare }
}

/** Rows of the embedding: the words of train, others of dev that have a vector, and the two reserved rows. */
export function vocabularySizeOf(
  { differentWords }: RunFacts,
  vectors: { readonly vocabulary: Vocabulary; readonly known: ReadonlySet<string> } | null,
): number {
  if (!vectors) return 2 + differentWords
  const { words, inTrain } = vectors.vocabulary
  return 2 + differentWords + words.filter((word, at) => inTrain[at] === 0 && vectors.known.has(word)).length
}
