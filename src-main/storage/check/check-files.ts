/** Checks of the files of a workspace: checkpoints and encoders against their sums, and whether runs and files belong together. */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding } from '#main/core/finding'
import { checkFolder } from '#main/files/checked-folder'
import { filesUnder } from '#main/files/pack-folder'
import type { CheckpointFiles } from '../checkpoint-files.ts'

/** A run as far as its files are concerned. */
export interface FiledRun {
  readonly runId: string
  readonly name: string
  /** True once an epoch has ended, after which there is a checkpoint. */
  readonly hasTrained: boolean
  /** Hash of its encoder; null where it has none of its own. */
  readonly encoder: string | null
}

export interface FileCheck {
  readonly root: string
  readonly checkpoints: CheckpointFiles
  readonly runs: readonly FiledRun[]
  /** Runs that are erased, whose checkpoints go as soon as they can. */
  readonly erased: ReadonlySet<string>
  readonly signal?: AbortSignal | undefined
  readonly onProgress: (share: number, what: string) => void
}

export interface FileReport {
  readonly findings: readonly Finding[]
  /** Number of files whose sum was compared. */
  readonly files: number
}

export async function checkFiles(check: FileCheck): Promise<FileReport> {
  const { root, checkpoints, runs, erased, signal, onProgress } = check
  const findings: Finding[] = []
  let files = 0
  const [runFolders, encoders] = [await namesIn(join(root, 'checkpoints')), await namesIn(join(root, 'encoders'))]
  const total = runFolders.length + encoders.length
  const compare = async (folder: string, advice: string): Promise<void> => {
    const { reasons, checked } = await checkFolder(folder, signal)
    files += checked
    for (const reason of reasons) findings.push({ what: `${reason}.`, advice })
  }
  for (const [at, runId] of runFolders.entries()) {
    onProgress(at / total, `checkpoints/${runId}`)
    const run = runs.find((known) => known.runId === runId)
    const folder = join(root, 'checkpoints', runId)
    if (!run && !erased.has(runId)) findings.push(await orphan(folder, 'no run'))
    if (!run) continue
    const advice = `Restore the folder from a backup, or train ${run.name} again.`
    await checkpoints.hold(runId, async () => {
      for (const kind of await foldersIn(folder)) await compare(join(folder, kind), advice)
    })
  }
  for (const [at, sha256] of encoders.entries()) {
    onProgress((runFolders.length + at) / total, `encoders/${sha256}`)
    const folder = join(root, 'encoders', sha256)
    if (!runs.some(({ encoder }) => encoder === sha256)) findings.push(await orphan(folder, 'the encoder of no run'))
    else await compare(folder, 'Restore the folder from a backup; a run copies it again from where it came from, too.')
  }
  return { findings: [...findings, ...runs.flatMap((run) => missingOf(run, check))], files }
}

function missingOf({ runId, name, hasTrained, encoder }: FiledRun, { root, checkpoints }: FileCheck): Finding[] {
  const isWithout = hasTrained && !checkpoints.has(runId, 'best') && !checkpoints.has(runId, 'last')
  const lacks = encoder !== null && !existsSync(join(root, 'encoders', encoder))
  const advice = 'Restore it from a backup, or train a new run.'
  return [
    ...(isWithout
      ? [{ what: `The run ${name} has no checkpoint: ${checkpoints.path(runId)} is missing.`, advice }]
      : []),
    ...(lacks ? [{ what: `The encoder of ${name} is missing: ${join(root, 'encoders', encoder)}.`, advice }] : []),
  ]
}

async function orphan(folder: string, owner: string): Promise<Finding> {
  const count = (await filesUnder(folder).catch(() => [])).length
  return {
    what: `${folder} belongs to ${owner} (${count} files).`,
    advice: 'Nothing needs it. Move it away or delete it, unless you put it there.',
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return existsSync(folder) ? (await readdir(folder)).filter((name) => !name.startsWith('.')) : []
}

/** The checkpoints of a run; what is being written is none yet. */
async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.flatMap((entry) => (entry.isDirectory() && !entry.name.endsWith('.coming') ? [entry.name] : []))
}
