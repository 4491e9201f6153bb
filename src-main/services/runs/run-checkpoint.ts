/**
 * The checkpoints of a run as training, prediction and extraction take them: a damaged one is refused by name, or another
 * one of the run is taken where that leads to the same numbers, and a note says so.
 */
import { AppError } from '#main/core/errors'
import { DamagedFile, type FolderBytes } from '#main/files/checked-folder'
import type { MetricPoint, Run } from '#main/runs/run'
import type { CheckpointFiles, CheckpointKind } from '#main/storage/checkpoint-files'
import type { Workspace } from '#main/storage/workspace'

export interface ReadCheckpoint {
  readonly files: FolderBytes
  /** Which checkpoint was found damaged and what was taken in its place; null where none was. */
  readonly note: string | null
}

/**
 * The checkpoint of the best epoch, whole or those of its files that are wanted; null where there is none yet.
 * @throws AppError storage naming the file that is damaged, where no other checkpoint is of that epoch.
 */
export async function readBest(
  { checkpoints }: Workspace,
  run: Run,
  wants?: (name: string) => boolean,
): Promise<ReadCheckpoint | null> {
  const best = await tryRead(checkpoints, run, 'best', wants)
  if (!(best instanceof DamagedFile)) return best && { files: best, note: null }
  const last = await tryRead(checkpoints, run, 'last')
  if (last && !(last instanceof DamagedFile) && epochOf(last) === run.bestEpoch)
    return {
      files: Object.fromEntries(Object.entries(last).filter(([name]) => !wants || wants(name))),
      note: `${best.reason}. The last checkpoint, which is of the same epoch, is used instead.`,
    }
  throw new AppError(
    'storage',
    `The best checkpoint of ${run.name} cannot be used: ${best.reason}. Restore ${checkpoints.path(run.runId)} from a backup, or train a new run.`,
  )
}

/** In this order: one `within` an epoch that a kill left behind leads to the same numbers, so it may come first. */
const statesToGoOnFrom = ['within', 'last', 'best'] as const satisfies readonly CheckpointKind[]

/** Tells whether training has a state to go on from, damaged or not. */
export function hasState({ checkpoints }: Workspace, runId: string): boolean {
  return statesToGoOnFrom.some((kind) => checkpoints.has(runId, kind))
}

/**
 * Finds the state from which training goes on; null where it starts. From an earlier state than the latest it comes to the same numbers, later.
 * @throws AppError storage naming what is damaged, where no state of the run is whole.
 */
export async function readState({ checkpoints }: Workspace, run: Run): Promise<ReadCheckpoint | null> {
  const damaged: DamagedFile[] = []
  for (const kind of statesToGoOnFrom) {
    const files = await tryRead(checkpoints, run, kind)
    if (files instanceof DamagedFile) damaged.push(files)
    else if (files) return { files, note: noteOn(damaged, kind, epochOf(files)) }
  }
  if (damaged.length === 0) return null
  throw new AppError(
    'storage',
    `${run.name} cannot go on: ${reasonsOf(damaged)}. Restore ${checkpoints.path(run.runId)} from a backup, or train a new run.`,
  )
}

/** Metrics of the epochs that are behind a checkpoint. */
export function pointsOf(files: FolderBytes): readonly MetricPoint[] {
  return JSON.parse(new TextDecoder().decode(files['metrics.json'])) as MetricPoint[] // written by training
}

function epochOf(files: FolderBytes): number {
  return pointsOf(files).length
}

async function tryRead(
  checkpoints: CheckpointFiles,
  { runId }: Run,
  kind: CheckpointKind,
  wants?: (name: string) => boolean,
): Promise<FolderBytes | DamagedFile | null> {
  return checkpoints.read(runId, kind, wants).catch((error: unknown) => {
    if (error instanceof DamagedFile) return error
    throw error
  })
}

function noteOn(damaged: readonly DamagedFile[], kind: CheckpointKind, epoch: number): string | null {
  if (damaged.length === 0) return null
  const place = kind === 'last' ? `the end of epoch ${epoch}` : `its best epoch, ${epoch}`
  return `${reasonsOf(damaged)}. Training goes on from ${place}, instead: what came after is done again.`
}

const reasonsOf = (damaged: readonly DamagedFile[]): string => damaged.map(({ reason }) => reason).join(', and ')
