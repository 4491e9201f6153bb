/** Facts of the data of runs: of a corpus, whose words are counted once for every state of it, or of data that was read. */
import type { VectorCoverage } from '#main/api/runs'
import { countHeldOut } from '#main/document/held-out'
import { countPos, countRounded, countWords, type LabelledSentence } from '#main/document/labelled-sentence'
import type { LabelSet } from '#main/labels/label-set'
import { inUse, unusedTypes } from '#main/labels/types-in-use'
import type { ServiceContext } from '../context.ts'
import type { Vocabulary, WordCounts } from './corpus-words.ts'
import type { RunFacts } from './run-facts.ts'
import { partsOfSpeechOf, type RunData } from './run-data.ts'

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

/** The same of data that was read. */
export function factsOf({ corpusName, labels, splits: { train, dev, test }, isDevLent }: RunData): RunFacts {
  const words = countWords(train)
  return {
    ...{
      corpusName,
      ...learning(labels, ...typesOf(train)),
      differentWords: new Set(train.flatMap(({ words: own }) => own.map((word) => word.toLowerCase()))).size,
    },
    sentences: { train: train.length, dev: dev.length, test: test.length },
    isDevLent,
    isAnnotated: train.some(({ spans, triples }) => spans.length > 0 || triples.length > 0),
    words: words + countWords(dev),
    longest: train.reduce((length, { words: own }) => Math.max(length, own.length), 0),
    rounded: countRounded(train),
    partsOfSpeech: partsOfSpeechOf(train),
    posShare: words === 0 ? 0 : countPos(train) / words,
  }
}

/** The entity types and the relation types of some sentences. */
function typesOf(sentences: readonly LabelledSentence[]): readonly [Set<string>, Set<string>] {
  const [entities, relations] = [new Set<string>(), new Set<string>()]
  for (const { spans, triples, unanchored } of sentences) {
    for (const { label } of spans) entities.add(label)
    for (const { type } of [...triples, ...unanchored]) relations.add(type)
  }
  return [entities, relations]
}

/** The words of train and dev of data that was read. */
export function vocabularyOf({ splits: { train, dev } }: RunData): Vocabulary {
  const inTrain = new Map<string, number>()
  for (const [sentences, times] of [
    [train, 1],
    [dev, 0],
  ] as const)
    for (const { words } of sentences)
      for (const word of words) {
        const lower = word.toLowerCase()
        inTrain.set(lower, (inTrain.get(lower) ?? 0) + times)
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
