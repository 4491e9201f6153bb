/** The model that a run's checkpoint holds, without its weights: the corpus may have changed since. */
import type { ModelConfig } from '#main/runs/config'
import { upgradeModel } from '#main/runs/older-config'
import type { Workspace } from '#main/storage/workspace'

/** Null while there is no checkpoint. */
export function readStoredModel({ checkpoints }: Workspace, runId: string): ModelConfig | null {
  const stored = checkpoints.readFile(runId, 'best', 'config.json')
  if (!stored) return null
  const { model } = JSON.parse(new TextDecoder().decode(stored)) as { model: ModelConfig } // written by the training
  return upgradeModel(model)
}
