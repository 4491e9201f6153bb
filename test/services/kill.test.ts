/** A program that is killed at any moment loses at most the gesture in flight. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyAnnotation } from '#main/document/annotation'
import { applyChanges } from '#main/document/operation'
import { openWorkspace } from '#main/storage/workspace'
import { temporaryFolder } from '../support/services.ts'
import { makeCorpus, tripleDocs } from '../support/temporary-workspace.ts'

const entry = path.join(import.meta.dirname, '..', 'support', 'gestures-entry.ts')

/** Starts it, kills it some milliseconds after its first gesture, and answers with all that it said. */
function annotateUntilKilled(folder: string, start: number, afterMs: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, folder, String(start)], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let complaint = ''
    child.stdout.on('data', (text: Buffer) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), afterMs)
      said += text.toString()
    })
    child.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(said.split('\n').filter(Boolean).map(Number))
      else reject(new Error(`it ended by itself: ${complaint}`))
    })
  })
}

/** Annotates, is killed and looked at, `kills` times on one workspace; `phase` shifts the moments. */
async function annotateAndKill(folder: string, kills: number, phase: number): Promise<void> {
  const fresh = openWorkspace(folder)
  const corpusId = makeCorpus(fresh, tripleDocs(['Mara Velt left Tarnow .'], ['Mara Velt left Tarnow .']))
  fresh.labels.update(corpusId, { entityTypes: [{ name: 'PER' }], relationTypes: [], signatures: [] })
  fresh.settings.update({ annotator: 'Ada' })
  fresh.close()
  let next = 1
  for (let kill = 0; kill < kills; kill++) {
    const confirmed = await annotateUntilKilled(folder, next, (kill * 7 + phase) % 40)
    const workspace = openWorkspace(folder)
    try {
      const log = workspace.annotations.history(corpusId, null, 100_000).reverse()
      const done = log.flatMap(({ description }) => /^gesture (\d+)$/.exec(description)?.[1] ?? []).map(Number)
      const last = done.at(-1) ?? 0
      expect(done).toEqual(Array.from({ length: last }, (_, at) => at + 1)) // none is missing, none twice
      expect(last - (confirmed.at(-1) ?? 0)).toBeOneOf([0, 1])
      for (const { sentenceId } of workspace.annotations.queueRows(corpusId, {})) {
        const own = log.filter((operation) => operation.sentenceId === sentenceId)
        const replayed = own.reduce((annotation, { changes }) => applyChanges(annotation, changes), emptyAnnotation)
        expect(workspace.annotations.annotation(sentenceId)).toEqual(replayed)
      }
      expect(workspace.health().integrity).toBe('ok')
      next = last + 1
    } finally {
      workspace.close()
    }
  }
}

describe('a program that is killed while somebody annotates', () => {
  it('keeps every gesture that it had confirmed, at sixteen different moments', async () => {
    const folder = temporaryFolder()
    // two workspaces side by side, so that it takes half the time; each is killed at eight moments that the other is not
    await Promise.all([0, 20].map((phase) => annotateAndKill(path.join(folder, `workspace-${phase}`), 8, phase)))
  }, 180_000)
})
