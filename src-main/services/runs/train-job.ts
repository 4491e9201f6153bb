/** TrainJob of a run: everything that a compute process needs to train it, or to go on from its last state. */
import { AppError } from '#main/core/errors'
import type { TrainJob } from '#main/compute/messages'
import type { BackendName } from '#main/runs/backend-name'
import { posSourceOf } from '#main/runs/config'
import type { Run } from '#main/runs/run'
import { partOfTrain } from '#main/runs/train-part'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { taggedFor } from '../tagger/tagger.ts'
import { readBest, readState } from './run-checkpoint.ts'
import { corpusPartOf, findRefusals, wordsToLookUp, type RunData } from './run-data.ts'
import { factsOf } from './corpus-facts.ts'
import { encoderFilesFor, statesFolderFor } from './run-encoder.ts'
import { readSameVectors } from './vector-files.ts'

/**
 * Reads the vectors, the encoder and the checkpoint to start or go on from. The notes say what was done about files that
 * were damaged or missing.
 * @throws AppError invalid-input where the corpus does not fit the config, not-found where the run to start from has no checkpoint.
 */
export async function prepareJob(
  { workspace, vectorFiles }: ServiceContext,
  run: Run,
  data: RunData,
  backend: BackendName,
): Promise<{ readonly job: TrainJob; readonly notes: readonly string[] }> {
  const { config, fromRunId } = run
  const facts = await factsOf(data)
  const [refusal] = findRefusals(facts, [config])
  if (refusal) throw new AppError('invalid-input', refusal)
  const part = partOfTrain(data.splits.train, config.training)
  const train = await taggedFor(config.model, part)
  const dev = await taggedFor(config.model, data.splits[config.training.selectOn])
  const resume = await readState(workspace, run)
  const from = fromRunId && !resume ? await readBest(workspace, workspace.runs.find(fromRunId)) : null
  if (fromRunId && !resume && !from)
    throw new AppError('not-found', 'The run to start from has no checkpoint: train it first or choose another.')
  const { encoder } = config.model
  const kept = await encoderFilesFor(workspace, encoder, !resume)
  const words = await wordsToLookUp(data, config.training.selectOn)
  const job: TrainJob = {
    kind: 'train',
    model: { ...config.model, ...corpusPartOf(facts, posSourceOf(config.model)) },
    training: config.training,
    train,
    dev,
    vectors: config.vectors && !resume ? await readSameVectors(vectorFiles, config.vectors, words) : null,
    encoder: kept?.files ?? null,
    statesFolder:
      encoder.kind === 'bert' && encoder.isFrozen ? statesFolderFor(workspace, encoder.source.sha256) : null,
    from: from?.files ?? null,
    resume: resume?.files ?? null,
    backend,
    threads: config.threads,
  }
  return {
    job,
    notes: [notedPart(part.length, data.splits.train.length), resume?.note, from?.note, kept?.note].flatMap(
      (note) => note ?? [],
    ),
  }
}

const notedPart = (part: number, all: number): string | null =>
  part === all ? null : `It learns from ${countOf(part, 'sentence')} of the ${all} of train; labels are those of all.`
