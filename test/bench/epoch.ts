/** Seconds of one training epoch of the full model on a real corpus, imported and trained as a person would do it. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openServices } from '#main/services/services'
import { createProcessHost } from '#main/compute/host'
import { describeMachine, machineToText } from './machine.ts'
import { settle, startRun } from './runs.ts'
import { onDisk } from '../support/files-on-disk.ts'

type Tell = (line: string) => void

/** `folder` holds train.json and perhaps dev.json, as triple JSON (CasRel's format). Lines as text. */
export async function measureEpoch(folder: string, tell: Tell): Promise<string> {
  const files = findFiles(folder)
  const workspace = mkdtempSync(path.join(tmpdir(), 'espalier-epoch-'))
  const services = await openServices({ workspace, compute: createProcessHost() })
  try {
    for (const { split, name } of files) {
      tell(`Importing ${name}`)
      await services.handlers.corpora.import({
        ...{ corpus: path.basename(path.resolve(folder)), split, taskId: `import-${split}` },
        files: onDisk({ name, text: readFileSync(path.join(folder, name), 'utf8') }),
      })
    }
    tell('Training one epoch')
    const runId = await startRun(services, { epochs: 1 })
    const run = await settle(services, runId)
    const [point] = (await services.handlers.runs.get({ runId })).points
    if (run.status !== 'finished' || !point) throw new Error(run.failure ?? `The run was ${run.status}.`)
    const { seconds, sentencesPerSecond, memoryMb } = point
    return [
      machineToText(describeMachine()),
      run.device ?? '',
      `One epoch of ${Math.round(seconds * sentencesPerSecond)} sentences: ${seconds.toFixed(1)} s, ` +
        `${sentencesPerSecond.toFixed(0)} sentences/s, peak ${memoryMb.toFixed(0)} MB`,
      ...(files.length === 1 ? ['Without dev.json a tenth of the sentences was set aside and not trained on.'] : []),
      '',
    ].join('\n')
  } finally {
    await services.close()
    rmSync(workspace, { recursive: true, force: true })
  }
}

/** @throws Error that says what was expected. */
function findFiles(folder: string): { readonly split: 'train' | 'dev'; readonly name: string }[] {
  const files = (['train', 'dev'] as const)
    .map((split) => ({ split, name: `${split}.json` }))
    .filter(({ name }) => existsSync(path.join(folder, name)))
  if (files[0]?.split !== 'train')
    throw new Error(`--epoch is ${folder}: expected a file train.json in it, with a text and a triple_list per record.`)
  return files
}
