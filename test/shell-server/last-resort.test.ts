/** A fault that nothing caught, in the real programs: told, the workspace closed in order, and the end. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { buildWindow, root } from '#main/shell-server/window-build'
import { espalierBundle, startBundle, startEspalier, untilStderr } from '../support/command-line.ts'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

/** Makes a program fail on a signal, out of any call. */
const faults = {
  'an exception': `process.on('SIGUSR2', () => { throw new TypeError('made up') })`,
  'a rejection that nobody awaits': `process.on('SIGUSR2', () => void Promise.reject(new TypeError('made up')))`,
}

const importOf = (script: string): string => `--import=data:text/javascript,${encodeURIComponent(script)}`

async function tinyWorkspace(): Promise<string> {
  const workspace = temporaryFolder()
  const services = await openTestServices(workspace)
  await importTiny(services)
  await services.close()
  return workspace
}

describe.each(Object.entries(faults))('after %s', (_, fault) => {
  const startWithFault = (words: readonly string[], program?: string) => {
    const child = startEspalier(words, program, [importOf(fault)])
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
    return { child, ended, text: () => text }
  }

  it.each([
    ['npm start', ['--no-open', '--port', '0'], startBundle],
    ['espalier serve', ['serve', '--port', '0'], undefined],
  ])('%s closes the workspace and says so', async (_name, words, program) => {
    await buildWindow(() => undefined)
    const workspace = await tinyWorkspace()
    const { child, ended, text } = startWithFault([...words, '--workspace', workspace], program)
    await expect.poll(text, { timeout: 30_000 }).toContain('Open http')
    child.kill('SIGUSR2')
    expect(await ended).toBe(1)
    expect(text()).toMatch(/because of a fault in the program: TypeError: made up\n +at .*What was annotated is saved/s)
    expect(existsSync(path.join(workspace, 'espalier.open'))).toBe(false)
  })

  it('a run that was training is interrupted, and can go on', async () => {
    const workspace = await tinyWorkspace()
    const words = ['train', 'Tiny', '--variant', 'pmei', '--hidden', '16', '--epochs', '500', '--backend', 'wasm']
    const { child, ended, text } = startWithFault([...words, '--workspace', workspace])
    await untilStderr(child, /epoch 1 /)
    child.kill('SIGUSR2')
    expect(await ended).toBe(1)
    expect(text()).toContain('resume --all')
    expect(existsSync(path.join(workspace, 'espalier.open'))).toBe(false)
    const services = await openTestServices(workspace)
    expect((await services.handlers.runs.list()).map(({ status }) => status)).toEqual(['interrupted'])
  })
})

it('a result that the disk has no room for is told, and the command has failed', async () => {
  const words = ['corpora', '--workspace', await tinyWorkspace()]
  const command = `exec "${process.execPath}" "${espalierBundle}" "$@" > /dev/full`
  const child = spawn('/bin/sh', ['-c', command, 'sh', ...words], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise((resolve) => child.once('close', resolve))
  expect(await readText(child.stderr)).toMatch(/^Standard output cannot be written: .*ENOSPC.*\n$/)
  expect(await ended).toBe(1)
})

describe('output that nobody takes', () => {
  it('does not end a server whose terminal or reader is gone', async () => {
    await buildWindow(() => undefined)
    const workspace = await tinyWorkspace()
    const talk = `process.on('SIGUSR2', () => { process.stdout.write('still'); process.stderr.write('here') })`
    const child = startEspalier(['serve', '--port', '0', '--workspace', workspace], undefined, [importOf(talk)])
    onTestFinished(() => void child.kill('SIGKILL'))
    const address = await new Promise<string>((resolve) =>
      child.stdout.on('data', (chunk: Buffer) => resolve(chunk.toString().trim().replace('Open ', ''))),
    )
    child.stdout.destroy()
    child.stderr.destroy()
    for (let attempt = 0; attempt < 3; attempt++) {
      child.kill('SIGUSR2')
      expect((await fetch(address)).status).toBe(200)
    }
    child.kill('SIGTERM')
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
  })
})
