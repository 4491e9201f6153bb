/** Seconds of one training epoch of the full model on a real corpus, imported and trained as a person would do it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openServices } from '#main/services/services'
import { createThreadHost } from '#main/worker/host'
import { describeMachine, machineToText } from './machine.ts'
import { settle, startRun } from './runs.ts'

type Tell = (line: string) => void

/** `folder` holds a train file as triple JSON (CasRel's format). A line as text. */
export async function measureEpoch(folder: string, tell: Tell): Promise<string> {
  const file = findTrainFile(folder)
  const workspace = mkdtempSync(path.join(tmpdir(), 'espalier-epoch-'))
  const services = await openServices({ workspace, compute: createThreadHost() })
  try {
    tell(`Importing ${file}`)
    await services.handlers.corpora.import({
      ...{ corpus: path.basename(folder), split: 'train', taskId: 'import' },
      files: [{ name: path.basename(file), text: readFileSync(file, 'utf8') }],
    })
    tell('Training one epoch')
    const runId = await startRun(services, { epochs: 1 })
    const run = await settle(services, runId)
    const [point] = (await services.handlers.runs.get({ runId })).points
    if (run.status !== 'finished' || !point) throw new Error(run.failure ?? `The run was ${run.status}.`)
    return [
      machineToText(describeMachine()),
      `${run.device ?? ''}, ${run.config.threads} threads`,
      `One epoch of ${run.data.splits.train.sentences} sentences: ${point.seconds.toFixed(1)} s, ` +
        `${point.sentencesPerSecond.toFixed(0)} sentences/s, peak ${point.memoryMb.toFixed(0)} MB`,
      '',
    ].join('\n')
  } finally {
    await services.close()
    rmSync(workspace, { recursive: true, force: true })
  }
}

/** train.json, or the only file of the folder with "train" in its name. @throws Error that says what was expected. */
function findTrainFile(folder: string): string {
  if (!existsSync(folder)) throw new Error(`--epoch is ${folder}: there is no such folder.`)
  const files = readdirSync(folder).filter((name) => name.includes('train') && name.endsWith('.json'))
  const [only] = files.includes('train.json') ? ['train.json'] : files
  if (!only || (files.length > 1 && only !== 'train.json'))
    throw new Error(`--epoch is ${folder}: expected a file train.json in it, with a text and a triple_list per record.`)
  return path.join(folder, only)
}
