/** The sample project: a corpus of our own prose, imported into an empty workspace so that the first look has something to show. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Handlers } from '#main/api/handlers'
import { splits } from '#main/document/doc'

export const sampleName = 'Sample'
export const sampleFolder = findResources('sample')

/** Imports the sample unless the workspace holds a corpus already. */
export async function ensureSample(handlers: Handlers): Promise<void> {
  if ((await handlers.corpora.list()).length === 0) await importSample(handlers)
}

export async function importSample(handlers: Handlers): Promise<void> {
  for (const split of splits) {
    const name = `${split}.jsonl`
    const text = await readFile(path.join(sampleFolder, name), 'utf8')
    await handlers.corpora.import({ corpus: sampleName, split, files: [{ name, text }], taskId: `sample-${split}` })
  }
}

/** Beside the source, or beside a packaged program's code. */
function findResources(name: string): string {
  const candidates = ['../../resources', '../resources', '../../../resources'].map((up) =>
    path.join(import.meta.dirname, up, name),
  )
  return candidates.find((folder) => existsSync(folder)) ?? candidates[0] ?? name
}
