/** The sample corpus: prose written for Espalier, imported into an empty workspace so that a new user has something to look at. */
import path from 'node:path'
import type { Handlers } from '#main/api/handlers'
import { splits } from '#main/document/doc'
import { findResources } from './resources.ts'

export const sampleName = 'Sample'
export const sampleFolder = findResources('sample')

/** Imports the sample unless the workspace holds a corpus already. */
export async function ensureSample(handlers: Handlers): Promise<void> {
  const { readOnly } = await handlers.workspaces.soundness(undefined)
  if (readOnly === null && (await handlers.corpora.list()).length === 0) await importSample(handlers)
}

export async function importSample(handlers: Handlers): Promise<void> {
  for (const split of splits) {
    const file = { path: path.join(sampleFolder, `${split}.jsonl`) }
    await handlers.corpora.import({ corpus: sampleName, split, files: [{ file }], taskId: `sample-${split}` })
  }
}
