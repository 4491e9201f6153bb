/** What a person names as a file is read when it is one; what may never end or wait for ever is refused in a sentence. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readNamed, statRegular } from '#main/files/regular'
import { temporaryFolder } from '../support/temporary-workspace.ts'

const expected = 'a text file'

function pipeIn(folder: string): string {
  const pipe = path.join(folder, 'pipe')
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
  return pipe
}

describe.skipIf(process.platform === 'win32')('what is named as a file', () => {
  it('is read when it is one, also through a link', async () => {
    const folder = temporaryFolder()
    const [file, link] = [path.join(folder, 'a.txt'), path.join(folder, 'link')]
    writeFileSync(file, 'Ada')
    symlinkSync(file, link)
    for (const name of [file, link]) {
      expect(new TextDecoder().decode(await readNamed(name, expected))).toBe('Ada')
      expect((await statRegular(name, expected)).size).toBe(3)
    }
  })

  it('is refused when it is a named pipe, for which nobody may ever write', async () => {
    const pipe = pipeIn(temporaryFolder())
    const sentence = `${pipe} is a named pipe; expected a text file. Write what it gives into a regular file, and name that file.`
    await expect(readNamed(pipe, expected)).rejects.toThrow(sentence)
    await expect(statRegular(pipe, expected)).rejects.toThrow(sentence)
  })

  it('is refused when it is a folder, a socket or a device', async () => {
    const folder = temporaryFolder()
    await expect(readNamed(folder, expected)).rejects.toThrow(`${folder} is a folder; expected a text file.`)
    const socket = path.join(folder, 'socket')
    const server = createServer().listen(socket)
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    await expect(readNamed(socket, expected)).rejects.toThrow(`${socket} is a socket; expected`)
    for (const device of ['/dev/zero', '/dev/null'].filter(existsSync))
      await expect(readNamed(device, expected)).rejects.toThrow(`${device} is a device; expected`)
  })

  it('is refused when it is larger than a text can be, before it is read', async () => {
    const file = path.join(temporaryFolder(), 'huge.txt')
    writeFileSync(file, '')
    truncateSync(file, 600e6) // takes no room on the disk
    await expect(readNamed(file, expected)).rejects.toThrow(
      `${file} is larger than 536 MB, the most that is read at once. Split it`,
    )
  })

  it('is read to its end when it is a pipe that a shell made for this program', async () => {
    const source = `const { readNamed } = await import('#main/files/regular')
      const names = process.argv.slice(1)
      for (const name of names) process.stdout.write(new TextDecoder().decode(await readNamed(name, 'a text file')))`
    const program = `'${process.execPath}' --input-type=module --eval "$SOURCE" -- <(echo one; sleep 0.2; echo two) /dev/stdin`
    const shell = spawn('bash', ['-c', `echo three | ${program}`], {
      env: { ...process.env, SOURCE: source },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    expect(await text(shell.stdout)).toBe('one\ntwo\nthree\n')
  })
})
