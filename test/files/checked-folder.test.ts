/** What was written into a checked folder is read again to the bit, or refused by the name of the file that changed. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DamagedFile, readChecked, writeChecked } from '#main/files/checked-folder'
import { parseSums, sumsName } from '#main/files/sums'
import { flipBit } from '../support/flip-bit.ts'
import { temporaryFolder } from '../support/temporary-workspace.ts'

const text = (content: string): Uint8Array => new TextEncoder().encode(content)
const files = { 'config.json': text('{"width":8}\n'), 'weights.safetensors': Uint8Array.of(0, 255, 7), empty: text('') }

async function folderOf(content: Readonly<Record<string, Uint8Array>> = files): Promise<string> {
  const folder = temporaryFolder()
  await writeChecked(folder, content)
  return folder
}

const someFiles = fc.dictionary(fc.stringMatching(/^[a-z][\w.-]{0,11}$/), fc.uint8Array({ maxLength: 300 }), {
  minKeys: 1,
  maxKeys: 5,
})

function parsedOf(sums: string): string {
  try {
    return JSON.stringify([...parseSums(sums)])
  } catch {
    return 'refused'
  }
}

describe('a checked folder', () => {
  it('is read as it was written, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(someFiles, async (content) => {
        expect(await readChecked(await folderOf(content))).toEqual({ ...content })
      }),
      { numRuns: 30 },
    )
  })

  it('refuses every file of which a bit was flipped, by its name', async () => {
    const notEmpty = someFiles.filter((content) => Object.values(content).some(({ length }) => length > 0))
    await fc.assert(
      fc.asyncProperty(notEmpty, fc.nat(), fc.nat(), async (content, which, bit) => {
        const names = Object.keys(content).filter((name) => content[name]?.length)
        const name = names[which % names.length] ?? ''
        const folder = await folderOf(content)
        flipBit(join(folder, name), bit % ((content[name]?.length ?? 1) * 8))
        await expect(readChecked(folder)).rejects.toThrow(`${join(folder, name)} is damaged`)
        await expect(readChecked(folder, (wanted) => wanted === name)).rejects.toThrow(DamagedFile)
      }),
      { numRuns: 60 },
    )
  })

  it('refuses to read with sums of which any one bit was flipped', async () => {
    const folder = await folderOf({ a: text('one'), b: text('other') })
    const sums = join(folder, sumsName)
    const whole = readFileSync(sums, 'latin1')
    const unchanged = JSON.stringify([...parseSums(whole)])
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const bytes = Buffer.from(whole, 'latin1')
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(parsedOf(bytes.toString('latin1'))).not.toBe(unchanged)
    }
    for (let bit = 0; bit < whole.length * 8; bit += 97) {
      flipBit(sums, bit)
      await expect(readChecked(folder)).rejects.toThrow(DamagedFile)
      flipBit(sums, bit)
    }
    expect(Object.keys(await readChecked(folder))).toEqual(['a', 'b'])
  })

  it('names a file that is gone, cut short or longer than it was', async () => {
    const folder = await folderOf()
    const weights = join(folder, 'weights.safetensors')
    const moved = `${weights}.moved`
    renameSync(weights, moved)
    await expect(readChecked(folder)).rejects.toThrow(
      `${weights} is missing, though SHA256SUMS beside it lists it. Restore`,
    )
    // also where another file is asked for: the folder is not what it was
    await expect(readChecked(folder, (name) => name === 'config.json')).rejects.toThrow(`${weights} is missing`)
    renameSync(moved, weights)
    truncateSync(weights, 2)
    await expect(readChecked(folder)).rejects.toThrow(`${weights} is damaged`)
    writeFileSync(weights, files['weights.safetensors'])
    appendFileSync(weights, 'x')
    await expect(readChecked(folder)).rejects.toThrow(`${weights} is damaged`)
  })

  it('reads only what is wanted, and leaves out what it never held', async () => {
    const folder = await folderOf()
    writeFileSync(join(folder, '.DS_Store'), 'x')
    writeFileSync(join(folder, 'notes.txt'), 'x')
    expect(await readChecked(folder)).toEqual(files)
    flipBit(join(folder, 'weights.safetensors'), 3)
    expect(await readChecked(folder, (name) => name === 'config.json')).toEqual({ 'config.json': files['config.json'] })
  })

  it('from before sums were kept is read as it is', async () => {
    const folder = await folderOf()
    rmSync(join(folder, sumsName))
    expect(await readChecked(folder)).toEqual(files)
  })

  it.runIf(spawnSync('sha256sum', ['--version']).status === 0)('can be checked with sha256sum', async () => {
    const folder = await folderOf()
    const check = () => spawnSync('sha256sum', ['--check', '--strict', sumsName], { cwd: folder }).status
    expect(check()).toBe(0)
    flipBit(join(folder, 'config.json'), -1)
    expect(check()).not.toBe(0)
    expect(readFileSync(join(folder, sumsName), 'utf8')).toMatch(/^([\da-f]{64} {2}\S+\n){3}$/)
  })
})
