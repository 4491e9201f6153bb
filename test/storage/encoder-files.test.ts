/** BERT folders are kept once, under their hash, and nothing is written beside them. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEncoderFiles } from '#main/storage/encoder-files'
import { temporaryFolder } from '../support/temporary-workspace.ts'

const hash = 'a'.repeat(64)
const bytes = Uint8Array.of(1, 2)

describe('the files of an encoder', () => {
  it('are read as they were kept', () => {
    const encoders = createEncoderFiles(temporaryFolder())
    expect(encoders.read(hash)).toBeNull()
    encoders.keep(hash, { 'config.json': bytes, 'model-1.safetensors': bytes })
    expect(encoders.read(hash)).toEqual({ 'config.json': bytes, 'model-1.safetensors': bytes })
  })

  it.each(['../outside.safetensors', '/outside', 'a/b', 'a\\b', 'c:b', '..', '.', ''])(
    'are refused where one is called "%s", and none is written',
    (name) => {
      const folder = temporaryFolder()
      const encoders = createEncoderFiles(join(folder, 'encoders'))
      expect(() => encoders.keep(hash, { 'config.json': bytes, [name]: bytes })).toThrow(
        `"${name}" is no name of a file`,
      )
      expect(readdirSync(folder)).toEqual([])
    },
  )
})
