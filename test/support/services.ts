/** Services on a workspace in a temporary folder, with a real compute worker. */
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Split } from '#main/document/doc'
import { openServices, type Services } from '#main/services/services'
import { createProcessHost } from '#main/compute/host'
import { layWorkspace } from './fresh-workspace.ts'
import { tinyCorpus } from './tiny-corpus.ts'
import { onDisk } from './files-on-disk.ts'

export { temporaryFolder } from './temporary-workspace.ts'

/** Closed at the end of the test, unless the test does it. */
export async function openTestServices(workspace: string, entry?: URL): Promise<Services> {
  layWorkspace(workspace)
  const config = path.join(workspace, 'config') // what is measured here is not for the person's own machine
  const services = await openServices({ workspace, config, compute: createProcessHost(entry) })
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    await services.close()
  }
  onTestFinished(close)
  return { ...services, close }
}

/** Imports a tiny corpus; answers with its number. */
export async function importTiny(
  { handlers }: Services,
  sizes: Partial<Record<Split, number>> = { train: 60, dev: 12, test: 12 },
): Promise<number> {
  for (const [split, count] of Object.entries(sizes) as [Split, number][])
    await handlers.corpora.import({
      corpus: 'Tiny',
      split,
      files: onDisk({ name: `${split}.json`, text: tinyCorpus(count, split.length + count) }),
      taskId: `import-${split}`,
    })
  const [corpus] = await handlers.corpora.list()
  return corpus?.corpusId ?? 0
}
