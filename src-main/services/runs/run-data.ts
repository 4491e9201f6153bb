/** What a run is trained on: its sentences, its tags and relations, and the identity that makes runs comparable. */
import { createHash } from 'node:crypto'
import type { VectorCoverage } from '#main/api/runs'
import { splits, type Split } from '#main/document/doc'
import { countPos, countWords, type LabelledSentence } from '#main/document/labelled-sentence'
import { goldTextTriples } from '#main/evaluation/match-items'
import { untypedEntity, type LabelSet } from '#main/labels/label-set'
import { posDimensionOf, type CorpusPart, type ModelConfig, type RunConfig } from '#main/runs/config'
import type { DataIdentity, Run, SplitIdentity } from '#main/runs/run'
import type { Task } from '#main/runs/variant'
import { tagNames } from '#main/tagging/tag-scheme'
import type { Workspace } from '#main/storage/workspace'
import type { NewTextSplitting } from '#main/text/splitting'
import { goldKey } from './gold-digests.ts'
import { splittingOfRun } from './run-splitting.ts'

export interface RunData {
  readonly corpusName: string
  /** How new text is split by a run that learns from it. */
  readonly splitting: NewTextSplitting
  readonly labels: LabelSet
  readonly splits: Readonly<Record<Split, readonly LabelledSentence[]>>
}

/** @throws AppError not-found when there is no such corpus. */
export function readRunData(workspace: Workspace, corpusId: number): RunData {
  const corpus = workspace.corpora.find(corpusId)
  const read = (split: Split): LabelledSentence[] => workspace.corpora.labelledSentences(corpusId, split)
  const train = read('train')
  return {
    corpusName: corpus.name,
    splitting: splittingOfRun(
      workspace.corpora.splittings(corpusId, 'train'),
      Iterator.from(train).flatMap(({ words }) => words),
    ),
    labels: workspace.labels.get(corpusId),
    splits: { train, dev: read('dev'), test: read('test') },
  }
}

/** What runs ask of their data. */
type Asking = Pick<RunConfig, 'model' | 'training'>

/** Why training cannot start on this data, in sentences with a way on; empty when it can. */
export function findRefusals(data: RunData, configs: readonly Asking[]): string[] {
  const { corpusName, labels, splits } = data
  const { train } = splits
  const importMore = `Import annotated sentences into the train split of "${corpusName}" first.`
  if (train.length === 0) return [`The train split of "${corpusName}" is empty. ${importMore}`]
  const refusals: string[] = []
  const learns = (task: Task): boolean => configs.some(({ model }) => model.tasks.includes(task))
  if (labels.relationTypes.length === 0 && learns('relation'))
    refusals.push(`"${corpusName}" has no relation types, so there is nothing to learn about relations. ${importMore}`)
  if (train.every(({ spans, triples }) => spans.length === 0 && triples.length === 0))
    refusals.push(`No sentence of the train split of "${corpusName}" is annotated. Annotate some or import gold.`)
  if (train.length === 1)
    refusals.push(`The train split of "${corpusName}" holds one sentence; at least two are needed.`)
  if (splits.test.length === 0 && configs.some(({ training }) => training.selectOn === 'test'))
    refusals.push(
      `The epoch is to be selected on test, and "${corpusName}" has no test split: import one, or select on dev (every preset but "released" does).`,
    )
  if (configs.some(({ model }) => posDimensionOf(model) > 0) && posShareOf(data) === 0)
    refusals.push(
      `No word of the train split of "${corpusName}" has a part of speech: import a file that states them, or set the width of that feature to 0.`,
    )
  return refusals
}

/** The part of a ModelConfig that the corpus decides. */
export function corpusPartOf(
  { labels, splits: { train } }: RunData,
  posDimension: number,
): Pick<ModelConfig, CorpusPart> {
  const tags = tagNames(labels)
  const isTyped = tags.some((tag) => tag.includes('-'))
  return {
    tags,
    relations: labels.relationTypes.map(({ name }) => name),
    ...(isTyped ? {} : { untypedLabel: labels.entityTypes[0]?.name ?? untypedEntity }),
    ...(posDimension > 0 ? { partsOfSpeech: partsOfSpeechOf(train) } : {}),
  }
}

/** Those that any word has, sorted. */
function partsOfSpeechOf(sentences: readonly LabelledSentence[]): string[] {
  const found = new Set<string>()
  for (const { pos = [] } of sentences) for (const one of pos) if (one !== null) found.add(one)
  return [...found].sort()
}

/** Share of the train split's words that have a part of speech, 0 to 1. */
export function posShareOf({ splits: { train } }: RunData): number {
  const words = countWords(train)
  return words === 0 ? 0 : countPos(train) / words
}

/** Words whose vectors training can use, in lower case: of train, and of the split that selects the epoch. */
export function wordsToLookUp({ splits }: RunData, selectOn: 'dev' | 'test'): Set<string> {
  const sentences = [...splits.train, ...splits[selectOn]]
  return new Set(sentences.flatMap(({ words }) => words.map((word) => word.toLowerCase())))
}

/** How much of the train split is among `words`, which are in lower case. */
export function coverageOf({ splits: { train } }: RunData, known: ReadonlySet<string>): VectorCoverage {
  const tokens = train.flatMap(({ words }) => words.map((word) => word.toLowerCase()))
  const words = new Set(tokens)
  return {
    words: words.size,
    covered: [...words].filter((word) => known.has(word)).length,
    tokenShare: tokens.length === 0 ? 0 : tokens.filter((word) => known.has(word)).length / tokens.length,
  }
}

/** Rows of the embedding: the words of train, others that have a vector, and the two reserved rows. */
export function vocabularySizeOf({ splits: { train } }: RunData, withVector: ReadonlySet<string> = new Set()): number {
  const words = train.flatMap(({ words }) => words.map((word) => word.toLowerCase()))
  return 2 + new Set([...words, ...withVector]).size
}

export function identify(data: RunData): DataIdentity {
  const identities = splits.map((split) => [split, identifySplit(data.splits[split])])
  return {
    corpusName: data.corpusName,
    splitting: data.splitting,
    splits: Object.fromEntries(identities) as Record<Split, SplitIdentity>, // one entry per split
  }
}

/** The splits a run learns from and is selected on that are not what they were when it was made. */
export function changedSplits(data: RunData, { data: known, config }: Run): Split[] {
  const used = new Set<Split>(['train', config.training.selectOn])
  return [...used].filter((split) => identifySplit(data.splits[split]).sha256 !== known.splits[split].sha256)
}

export function identifySplit(sentences: readonly LabelledSentence[]): SplitIdentity {
  const hash = createHash('sha256')
  let triples = 0
  for (const sentence of sentences) {
    triples += goldTextTriples(sentence).length
    hash.update(goldKey(sentence))
  }
  return { sentences: sentences.length, triples, sha256: hash.digest('hex') }
}
