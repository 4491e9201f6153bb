/** RunData: the data that a run is trained on: its sentences, its tags and relations, and the identity that makes runs comparable. */
import { splits, type Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { englishTags } from '../tagger/english-tags.ts'
import { whyNoTagger } from '../tagger/find-tagger.ts'
import { symmetricTypes, untypedEntity, type LabelSet } from '#main/labels/label-set'
import { posSourceOf, type CorpusPart, type LstmEncoder, type ModelConfig, type RunConfig } from '#main/runs/config'
import type { DataIdentity, Run, SplitIdentity } from '#main/runs/run'
import type { Task } from '#main/runs/variant'
import { tagNames } from '#main/tagging/tag-scheme'
import type { Workspace } from '#main/storage/workspace'
import type { NewTextSplitting } from '#main/text/splitting'
import { identitySteps } from './gold-digests.ts'
import type { RunFacts } from './run-facts.ts'
import { splitsForRuns } from './run-splits.ts'
import { readSteadily } from './steady-read.ts'
import { runInSlices } from '../slices.ts'
import { splittingOfRun } from './run-splitting.ts'

export interface RunData {
  readonly corpusName: string
  /** How new text is split by a run that learns from it. */
  readonly splitting: NewTextSplitting
  readonly labels: LabelSet
  readonly splits: Readonly<Record<Split, readonly LabelledSentence[]>>
  /** True where dev is a tenth of train, in a corpus without a dev split. */
  readonly isDevLent: boolean
}

/** @throws AppError not-found when there is no such corpus. */
export async function readRunData(workspace: Workspace, corpusId: number): Promise<RunData> {
  const corpus = workspace.corpora.find(corpusId)
  const read = () => splitsForRuns(workspace.corpora, corpusId)
  const { isLent, ...splitsRead } = await readSteadily(workspace.corpora, corpusId, read)
  const { train } = splitsRead
  return {
    corpusName: corpus.name,
    splitting: splittingOfRun(
      workspace.corpora.splittings(corpusId, 'train'),
      Iterator.from(train).flatMap(({ words }) => words),
    ),
    labels: workspace.labels.get(corpusId),
    splits: splitsRead,
    isDevLent: isLent,
  }
}

type Asking = Pick<RunConfig, 'model' | 'training'>

/** Why training cannot start on this data, in sentences with a way on; empty when it can. */
export function findRefusals(facts: RunFacts, configs: readonly Asking[]): string[] {
  const { corpusName, labels, sentences, isAnnotated, isDevLent, posShare } = facts
  const importMore = `Import annotated sentences into the train split of "${corpusName}" first.`
  if (sentences.train === 0) return [`The train split of "${corpusName}" is empty. ${importMore}`]
  const refusals: string[] = []
  const learns = (task: Task): boolean => configs.some(({ model }) => model.tasks.includes(task))
  if (!isAnnotated)
    refusals.push(`No sentence of the train split of "${corpusName}" is annotated. Annotate some or import gold.`)
  if (labels.relationTypes.length === 0 && learns('relation'))
    refusals.push(
      `No sentence of the train split of "${corpusName}" has a relation, so there is nothing to learn about relations. Annotate some, import sentences that have them, or train on entities alone (the variant entity-a).`,
    )
  if (sentences.train === 1)
    refusals.push(
      isDevLent
        ? `"${corpusName}" has two sentences in train, and one of them takes the place of dev; at least two are needed beside it.`
        : `The train split of "${corpusName}" holds one sentence; at least two are needed.`,
    )
  if (sentences.test === 0 && configs.some(({ training }) => training.selectOn === 'test'))
    refusals.push(
      `The epoch is to be selected on test, and "${corpusName}" has no test split: import one, or select on dev (every preset but "released" does).`,
    )
  const part = Math.max(...configs.map(({ training }) => training.trainPart))
  if (part > 1 && part > sentences.train)
    refusals.push(
      `Part of train is ${part.toLocaleString('en')} sentences, and there are ${sentences.train.toLocaleString('en')} to train on in "${corpusName}": give at most as many, a share such as 0.5, or 1 for all.`,
    )
  const hasTrainedBert = ({ model: { encoder } }: Asking): boolean => encoder.kind === 'bert' && !encoder.isFrozen
  if (configs.some((config) => config.training.innerDropout > 0 && !hasTrainedBert(config)))
    refusals.push('Dropout inside the BERT is for a BERT that is trained: set it to 0, or train one (--encoder).')
  const posSources = configs.map(({ model }) => posSourceOf(model))
  if (posSources.includes('corpus') && posShare === 0)
    refusals.push(
      `No word of the train split of "${corpusName}" has a part of speech: import a file that states them, take them from wink-nlp if the text is English, or set the width of that feature to 0.`,
    )
  const lack = posSources.includes('wink') ? whyNoTagger() : null
  if (lack !== null)
    refusals.push(
      `${lack} To train without it, take parts of speech from the corpus or set the width of that feature to 0.`,
    )
  return refusals
}

/**
 * The part of a ModelConfig that the corpus decides.
 * @param posSource where parts of speech come from; null without that feature.
 */
export function corpusPartOf(
  { labels, partsOfSpeech }: Pick<RunFacts, 'labels' | 'partsOfSpeech'>,
  posSource: LstmEncoder['posFrom'] | null,
): Pick<ModelConfig, CorpusPart> {
  const tags = tagNames(labels)
  const isTyped = tags.some((tag) => tag.includes('-'))
  return {
    tags,
    relations: labels.relationTypes.map(({ name }) => name),
    ...(isTyped ? {} : { untypedLabel: labels.entityTypes[0]?.name ?? untypedEntity }),
    ...(posSource === null ? {} : { partsOfSpeech: posSource === 'wink' ? [...englishTags] : [...partsOfSpeech] }),
  }
}

/** Words whose vectors training can use, in lower case: of train, and of the split that selects the epoch. */
export function wordsToLookUp({ splits }: RunData, selectOn: 'dev' | 'test'): Promise<Set<string>> {
  return runInSlices(lowerCaseWords([splits.train, splits[selectOn]]))
}

/** Number of sentences whose words one step puts into lower case. */
const readAtOnce = 500

function* lowerCaseWords(lists: readonly (readonly LabelledSentence[])[]): Generator<void, Set<string>> {
  const found = new Set<string>()
  for (const sentences of lists)
    for (const [at, { words }] of sentences.entries()) {
      for (const word of words) found.add(word.toLowerCase())
      if (at % readAtOnce === 0) yield
    }
  return found
}

export async function identify(data: RunData): Promise<DataIdentity> {
  const symmetric = symmetricTypes(data.labels)
  const identities: [Split, SplitIdentity][] = []
  for (const split of splits) identities.push([split, await identifySplit(data.splits[split])])
  return {
    corpusName: data.corpusName,
    splitting: data.splitting,
    ...(symmetric.length > 0 && { symmetric }),
    ...(data.isDevLent ? { isDevLent: true as const } : {}),
    splits: Object.fromEntries(identities) as Record<Split, SplitIdentity>, // one entry per split
  }
}

/** The splits a run learns from and is selected on that are not what they were when it was made. */
export async function changedSplits(data: RunData, { data: known, config }: Run): Promise<Split[]> {
  const changed: Split[] = []
  for (const split of new Set<Split>(['train', config.training.selectOn])) {
    const { sha256 } = await identifySplit(data.splits[split])
    if (sha256 !== known.splits[split].sha256) changed.push(split)
  }
  return changed
}

/** Hashes a split in slices between which other work goes on. */
export function identifySplit(sentences: readonly LabelledSentence[]): Promise<SplitIdentity> {
  return runInSlices(identitySteps(sentences))
}
