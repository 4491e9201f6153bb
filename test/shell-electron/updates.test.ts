/** Looking for a newer version: only on request, and of one address only. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkForUpdates } from '#main/shell-electron/updates'

const manifest = path.join(mkdtempSync(path.join(tmpdir(), 'espalier-')), 'package.json')
const asked: string[] = []

async function check(homepage: string, answer: () => Response): Promise<string> {
  writeFileSync(manifest, JSON.stringify({ version: '1.9.0', homepage }))
  const get = async (url: unknown): Promise<Response> => {
    asked.push(String(url))
    return answer()
  }
  return (await checkForUpdates(manifest, get as typeof fetch)).message
}
const says = (body: unknown) => () => Response.json(body)

afterAll(() => rmSync(path.dirname(manifest), { recursive: true, force: true }))

describe('looking for updates', () => {
  it('tells what the address of the build answers', async () => {
    expect(await check('https://example.org/espalier/', says({ version: '1.10.0' }))).toBe('Version 1.10.0 is there')
    expect(await check('https://example.org/espalier/', says({ version: '1.9.0' }))).toBe('This is the newest version')
    expect(await check('https://example.org/espalier/', says({ version: '1.8.9' }))).toBe('This is the newest version')
    expect(new Set(asked)).toEqual(new Set(['https://example.org/espalier/latest.json']))
  })

  it('takes no other answer for a version', async () => {
    const unclear = 'No answer that says which version is the newest'
    for (const body of [null, 'x', { version: 3 }, { version: '<b>9.0.0' }])
      expect(await check('https://example.org/', says(body))).toBe(unclear)
    expect(await check('https://example.org/', () => new Response('', { status: 404 }))).toBe(unclear)
    const fails = (): never => {
      throw new Error('offline')
    }
    expect(await check('https://example.org/', fails)).toBe('The network gave no answer')
  })

  it('asks nobody where the build names no address', async () => {
    asked.length = 0
    for (const homepage of ['https://espalier.invalid', 'http://example.org', ''])
      expect(await check(homepage, says({ version: '9.0.0' }))).toBe('This build names no place for updates')
    expect(asked).toEqual([])
  })
})
