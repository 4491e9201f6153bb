/** What is said of a run before it starts. */
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runRequest } from '#main/api/schemas'
import { readRunData } from '#main/services/run-data'
import { estimateRun } from '#main/services/run-estimate'
import { openWorkspace } from '#main/storage/workspace'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

describe('the estimate of a run', () => {
  it('warns, and does not refuse, when memory will hardly do or spans end within words', async () => {
    const folder = path.join(temporaryFolder(), 'workspace')
    const services = await openTestServices(folder)
    const corpusId = await importTiny(services)
    await services.close()
    const workspace = openWorkspace(folder)
    try {
      const request = runRequest.parse({ corpusId, variants: ['pmei'], seeds: [1] })
      const estimate = (freeMb: number) =>
        estimateRun(workspace, readRunData(workspace, corpusId), request, {
          ...{ freeMb, files: { vectors: null, encoder: null }, withVector: null, vectorFailure: null },
        })
      const { memoryMb, refusals, notes } = estimate(100)
      expect(refusals).toEqual([])
      expect(notes).toContain(
        `About ${memoryMb} MB of memory are needed and 100 MB are free: close other programs or take fewer units.`,
      )
      expect(estimate(memoryMb).notes.join()).not.toContain('are needed')
      expect(notes.join()).not.toContain('within a word')
      const [sentence] = workspace.annotations.queueRows(corpusId, { splits: ['train'] })
      const [before] = workspace.annotations.annotation(sentence?.sentenceId ?? 0).spans
      if (!sentence || !before) throw new Error('the tiny corpus has no span')
      const { tokens } = workspace.corpora.sentence(sentence.sentenceId)
      const chars = { start: (tokens[before.start]?.start ?? 0) + 1, end: tokens[before.end - 1]?.end ?? 0 }
      const changes = [{ kind: 'span' as const, before, after: { ...before, chars } }]
      workspace.annotations.apply(sentence.sentenceId, 'Ada', 'cut', changes, 1)
      expect(estimate(memoryMb).notes).toContain(
        '1 gold spans of train begin or end within a word: training and scores take their whole words.',
      )
    } finally {
      workspace.close()
    }
  })
})
