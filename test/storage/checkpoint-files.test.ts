/** Checkpoints are replaced whole: a kill or a full disk at any moment leaves the old or the new one. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCheckpointFiles } from '#main/storage/checkpoint-files'
import { temporaryFolder } from '../support/temporary-workspace.ts'

const bytes = (value: number, length = 8) => new Uint8Array(length).fill(value)

describe('a checkpoint', () => {
  it('is read as it was written, and replaced as a whole', async () => {
    const checkpoints = createCheckpointFiles(temporaryFolder())
    expect(await checkpoints.read('run-1', 'best')).toBeNull()
    await checkpoints.write('run-1', 'best', { 'weights.safetensors': bytes(1), 'config.json': bytes(2) })
    await checkpoints.write('run-1', 'last', { 'weights.safetensors': bytes(3) })
    await checkpoints.write('run-1', 'best', { 'weights.safetensors': bytes(4), 'empty.txt': bytes(0, 0) })
    expect(await checkpoints.read('run-1', 'best')).toEqual({
      'weights.safetensors': bytes(4),
      'empty.txt': bytes(0, 0),
    })
    expect(await checkpoints.read('run-1', 'last')).toEqual({ 'weights.safetensors': bytes(3) })
    expect(readdirSync(checkpoints.path('run-1')).sort()).toEqual(['best', 'last'])
    await checkpoints.remove('run-1')
    expect(existsSync(checkpoints.path('run-1'))).toBe(false)
  })

  it('is dropped alone, with what a kill left of it', async () => {
    const checkpoints = createCheckpointFiles(temporaryFolder())
    await checkpoints.write('a', 'last', { 'weights.safetensors': bytes(1) })
    await checkpoints.write('a', 'within', { 'weights.safetensors': bytes(2) })
    const folder = checkpoints.path('a')
    mkdirSync(join(folder, 'within.former'))
    await checkpoints.drop('a', 'within')
    await checkpoints.drop('nobody', 'within')
    expect(await checkpoints.read('a', 'within')).toBeNull()
    expect(readdirSync(folder)).toEqual(['last'])
  })

  it('survives a kill between the two renames, and one while files were being written', async () => {
    const checkpoints = createCheckpointFiles(temporaryFolder())
    await checkpoints.write('a', 'last', { 'weights.safetensors': bytes(1) })
    const folder = checkpoints.path('a')
    renameSync(join(folder, 'last'), join(folder, 'last.former'))
    mkdirSync(join(folder, 'last.coming'))
    writeFileSync(join(folder, 'last.coming', 'weights.safetensors'), bytes(2, 3))
    expect(await checkpoints.read('a', 'last')).toEqual({ 'weights.safetensors': bytes(1) })
    await checkpoints.write('a', 'last', { 'config.json': bytes(3) })
    expect(await checkpoints.read('a', 'last')).toEqual({ 'config.json': bytes(3) })
    expect(readdirSync(folder)).toEqual(['last'])
  })

  it('is old or new and never half after a real kill', async () => {
    const folder = temporaryFolder()
    const source = `const { createCheckpointFiles } = await import('#main/storage/checkpoint-files')
      const checkpoints = createCheckpointFiles(${JSON.stringify(folder)})
      for (let i = 0; ; i = (i + 1) % 256) {
        const part = new Uint8Array(200_000).fill(i)
        await checkpoints.write('a', 'last', { first: part, second: part })
        process.stdout.write('.')
      }`
    for (let kill = 0; kill < 4; kill++) {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await once(child.stdout, 'data')
      child.kill('SIGKILL')
      await once(child, 'exit')
      const files = await createCheckpointFiles(folder).read('a', 'last')
      expect(files?.['first']).toHaveLength(200_000)
      expect(files?.['second']).toEqual(files?.['first'])
      expect(new Set(files?.['first']).size).toBe(1)
    }
  })

  it('that cannot be written leaves the one before it', async () => {
    const checkpoints = createCheckpointFiles(temporaryFolder())
    await checkpoints.write('a', 'last', { first: bytes(1) })
    await expect(checkpoints.write('a', 'last', { first: bytes(2), 'no/such/folder': bytes(2) })).rejects.toThrow(
      'ENOENT',
    )
    expect(await checkpoints.read('a', 'last')).toEqual({ first: bytes(1) })
    expect(readdirSync(checkpoints.path('a'))).toEqual(['last'])
  })

  it('never leaves its folder, whatever the run is called', async () => {
    const checkpoints = createCheckpointFiles(temporaryFolder())
    for (const runId of ['..', '../a', 'a/b', '', '.hidden'])
      await expect(checkpoints.remove(runId)).rejects.toThrow(RangeError)
  })

  it.runIf(existsSync('/dev/full') && process.platform === 'linux')('says so when the disk is full', async () => {
    const folder = temporaryFolder()
    const checkpoints = createCheckpointFiles(folder)
    await checkpoints.write('a', 'last', { first: bytes(1) })
    const act = checkpoints.write('a', 'last', { first: bytes(2), '../../../../../../../../dev/full': bytes(3) })
    await expect(act).rejects.toThrow(/The disk is full.*Free some space/)
    expect(await checkpoints.read('a', 'last')).toEqual({ first: bytes(1) })
  })
})
