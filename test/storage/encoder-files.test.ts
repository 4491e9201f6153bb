/** BERT folders are kept once, under their hash, and nothing is written beside them. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashTogether } from '#main/files/hashed'
import { createEncoderFiles } from '#main/storage/encoder-files'
import { temporaryFolder } from '../support/temporary-workspace.ts'

const bytes = Uint8Array.of(1, 2)
const files = { 'config.json': bytes, 'model-1.safetensors': bytes }
const hash = await hashTogether(files)

describe('the files of an encoder', () => {
  it('are read as they were kept', async () => {
    const encoders = createEncoderFiles(temporaryFolder())
    expect(await encoders.read(hash)).toBeNull()
    await encoders.keep(hash, files)
    expect(await encoders.read(hash)).toEqual(files)
  })

  it.each(['../outside.safetensors', '/outside', 'a/b', 'a\\b', 'c:b', '..', '.', ''])(
    'are refused where one is called "%s", and none is written',
    async (name) => {
      const folder = temporaryFolder()
      const encoders = createEncoderFiles(join(folder, 'encoders'))
      await expect(encoders.keep(hash, { 'config.json': bytes, [name]: bytes })).rejects.toThrow(
        `"${name}" is no name of a file`,
      )
      expect(readdirSync(folder)).toEqual([])
    },
  )
})
