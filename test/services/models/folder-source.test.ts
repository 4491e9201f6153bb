/** The folder of a model looks words up that training has not seen, also in the vectors that come with the program. */
import { describe, expect, it } from 'vitest'
import type { ModelFolder } from '#main/model-folder/model-folder'
import { sourceOf } from '#main/services/models/folder-source'
import { openEnglishVectors } from '#main/services/runs/english-vectors'
import { makeRun } from '../../support/renderer-runs.ts'

function folderWith(sha256: string): ModelFolder {
  const run = makeRun('pmei', 1)
  const config = { ...run.config, vectors: { file: 'english', sha256, dimension: 100 } }
  const facts = { unseenWords: 'english', espalier: '0.0.9', run: { ...run, config } }
  return { checkpoint: {}, encoder: null, vectors: null, facts } as unknown as ModelFolder // what sourceOf reads of it
}

const computing = { backend: 'wasm', threads: 1 } as const

describe('a model folder that began from the English vectors', () => {
  it('finds words in them without a file beside it', async () => {
    const { sha256 } = await openEnglishVectors()
    const found = await sourceOf(folderWith(sha256), computing).unseen?.(new Set(['river', 'zzyzzy']))
    expect(found?.words).toEqual(['river'])
  })

  it('says what to do where this version brings others', async () => {
    const { unseen } = sourceOf(folderWith('0'.repeat(64)), computing)
    await expect(unseen?.(new Set(['river']))).rejects.toThrow(
      /came with Espalier 0\.0\.9, .* Export it there with --vectors all/,
    )
  })
})
