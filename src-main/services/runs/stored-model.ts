/** The model that a run's checkpoint holds, without its weights: the corpus may have changed since. */
import type { FolderBytes } from '#main/files/checked-folder'
import type { ModelConfig } from '#main/runs/config'
import { assertKnownFamily } from '#main/runs/families/known-family'
import { upgradeModel } from '#main/runs/older-config'
import type { Run } from '#main/runs/run'
import type { Workspace } from '#main/storage/workspace'
import { readBest } from './run-checkpoint.ts'

/** Null while there is no checkpoint. @throws AppError storage when it is damaged. */
export async function readStoredModel(workspace: Workspace, run: Run): Promise<ModelConfig | null> {
  const stored = await readBest(workspace, run, (name) => name === 'config.json')
  return stored && modelOf(stored.files)
}

/** From the files of a checkpoint. */
export function modelOf(files: FolderBytes): ModelConfig {
  const { model } = JSON.parse(new TextDecoder().decode(files['config.json'])) as { model: ModelConfig } // written by training
  assertKnownFamily(model, 'config.json')
  return upgradeModel(model)
}
