/** Moving a workspace: whole, with what belongs to it and nothing else, or not at all. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { moveWorkspace } from '#main/services/workspaces/move-workspace'
import { temporaryFolder } from '../../support/services.ts'

function makeWorkspace(others: readonly string[] = []): { from: string; to: string } {
  const folder = temporaryFolder()
  const from = path.join(folder, 'from')
  mkdirSync(path.join(from, 'checkpoints', 'a'), { recursive: true })
  for (const name of ['espalier.sqlite', 'espalier.sqlite-wal', 'checkpoints/a/weights.safetensors', ...others])
    writeFileSync(path.join(from, name), name)
  return { from, to: path.join(folder, 'new', 'to') }
}

describe('moving a workspace', () => {
  it('takes all that the program wrote, and the folder where nothing else is in it', () => {
    const { from, to } = makeWorkspace()
    moveWorkspace(from, to)
    expect(existsSync(from)).toBe(false)
    expect(readFileSync(path.join(to, 'checkpoints/a/weights.safetensors'), 'utf8')).toContain('weights')
  })

  it('leaves other files where they are', () => {
    const { from, to } = makeWorkspace(['thesis.docx'])
    moveWorkspace(from, to)
    expect(readdirSync(from)).toEqual(['thesis.docx'])
    expect(readdirSync(to)).toEqual(['checkpoints', 'espalier.sqlite', 'espalier.sqlite-wal'])
  })

  it('refuses a place that is taken, within it, or the same, and what is no workspace', () => {
    const { from, to } = makeWorkspace()
    expect(() => moveWorkspace(from, from)).toThrow('already')
    expect(() => moveWorkspace(from, path.join(from, 'in'))).toThrow('within the workspace')
    expect(() => moveWorkspace(to, from)).toThrow('holds no workspace')
    mkdirSync(to, { recursive: true })
    writeFileSync(path.join(to, 'x'), '')
    expect(() => moveWorkspace(from, to)).toThrow('holds other things')
    expect(readdirSync(from)).toContain('espalier.sqlite')
  })

  it.skipIf(!existsSync('/dev/shm'))('goes to another disk as well', () => {
    const { from } = makeWorkspace(['thesis.docx'])
    const other = mkdtempSync('/dev/shm/espalier-')
    onTestFinished(() => rmSync(other, { recursive: true, force: true }))
    expect(statSync(other).dev).not.toBe(statSync(from).dev)
    moveWorkspace(from, path.join(other, 'to'))
    expect(readdirSync(from)).toEqual(['thesis.docx'])
    expect(readFileSync(path.join(other, 'to/checkpoints/a/weights.safetensors'), 'utf8')).toContain('weights')
  })
})
