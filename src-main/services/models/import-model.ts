/** Makes a run of the folder of a model: its checkpoint, its metrics and its thresholds, on a corpus of the workspace. */
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { AppError } from '#main/core/errors'
import { emptyLabelSet, mergeLabelSets } from '#main/labels/label-set'
import { vectorsName } from '#main/model-folder/folder-vectors'
import type { ModelFolder } from '#main/model-folder/model-folder'
import type { RunConfig } from '#main/runs/config'
import type { Run } from '#main/runs/run'
import type { Workspace } from '#main/storage/workspace'
import { formatMoment } from '#main/text/moment'
import { pointsOf } from '../runs/run-checkpoint.ts'

export interface ImportedModel {
  readonly run: Run
  /** Notes on the model for the person, in sentences. */
  readonly notes: readonly string[]
}

/**
 * @param asked the corpus that the run is to belong to, and its name there; those of the folder where they are left out.
 * @throws AppError 'conflict' when the run is in the workspace already.
 */
export async function importModel(
  workspace: Workspace,
  folder: ModelFolder,
  asked: { readonly corpusId?: number | undefined; readonly name?: string | undefined },
  nowMs: number,
): Promise<ImportedModel> {
  const { facts, checkpoint, encoder } = folder
  const { runId } = facts.run
  refuseKnown(workspace, runId)
  const config = configHere(folder)
  const bert = config.model.encoder
  if (encoder && bert.kind === 'bert') await workspace.encoders.keep(bert.source.sha256, encoder)
  await workspace.checkpoints.write(runId, 'best', checkpoint)
  const points = pointsOf(checkpoint)
  return workspace.transaction(() => {
    const { corpusId, note } = corpusFor(workspace, folder, asked.corpusId)
    const run: Run = {
      ...facts.run,
      ...{ experimentId: randomUUID(), corpusId, config, name: asked.name ?? facts.run.name },
      ...{ status: 'finished', fromRunId: null, failure: null, finishedMs: facts.run.finishedMs ?? nowMs },
      notes: [...(facts.run.notes ?? []), `Imported from ${path.resolve(folder.path)} on ${formatMoment(nowMs)}.`],
    }
    workspace.runs.insert(run)
    for (const point of points) workspace.runs.addPoint(runId, point)
    if (folder.calibration) workspace.calibrations.put(folder.calibration)
    return { run, notes: [...note, ...noteOnVectors(folder)] }
  })
}

function refuseKnown({ runs }: Workspace, runId: string): void {
  const known = runs.listWithBin().find((run) => run.runId === runId)
  if (known)
    throw new AppError(
      'conflict',
      `The run of this folder is in the workspace already, as "${known.name}" (${runId}), or in its bin. Use that one, or erase it first.`,
    )
}

/** The config with the file of word vectors where it lies now. */
function configHere({ facts, path: folder, vectors }: ModelFolder): RunConfig {
  const { config } = facts.run
  if (!config.vectors || !vectors) return config
  const { dimension, sha256 } = vectors
  return { ...config, vectors: { file: path.resolve(folder, vectorsName), sha256, dimension } }
}

function corpusFor(
  { corpora, labels }: Workspace,
  { facts }: ModelFolder,
  asked: number | undefined,
): { readonly corpusId: number; readonly note: readonly string[] } {
  if (asked !== undefined) return { corpusId: asked, note: [] }
  const name = facts.run.data.corpusName
  const known = corpora.findByName(name)
  if (known) return { corpusId: known.corpusId, note: [] }
  const corpusId = corpora.create(name, emptyLabelSet)
  labels.put(corpusId, mergeLabelSets(facts.labels, emptyLabelSet))
  return { corpusId, note: [`The corpus "${name}" was made for it, with its labels and without sentences.`] }
}

function noteOnVectors({ facts, path: folder, vectors }: ModelFolder): string[] {
  if (vectors)
    return [
      `Words that training has not seen are looked up in ${path.resolve(folder, vectorsName)}: leave that file where it is.`,
    ]
  return facts.unseenWords === 'unknown' && facts.run.config.vectors
    ? ['Its word vectors did not come along: words that training has not seen are read as unknown words.']
    : []
}
