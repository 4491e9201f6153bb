/** Files at a path come whole and in pieces; what changes meanwhile, or is no file, is refused by name. */
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, appendFileSync, mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openPath } from '#main/files/path-source'
import { bytesOf, firstPieceOf, textOf } from '../support/sources.ts'
import { temporaryFolder } from '../support/temporary-workspace.ts'

const mb = 2 ** 20

function fileOf(content: string | Uint8Array, name = 'corpus.json'): string {
  const file = path.join(temporaryFolder(), name)
  writeFileSync(file, content)
  return file
}

/** Number of files that this process has open there. */
function openFiles(file: string): number {
  const links = spawnSync('ls', ['-l', `/proc/${process.pid}/fd`]).stdout.toString()
  return links.split('\n').filter((line) => line.endsWith(file)).length
}

describe('a source at a path', () => {
  it('gives the bytes of the file, as often as it is opened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        const source = openPath(fileOf(bytes))
        expect(source.size).toBe(bytes.length)
        expect(await bytesOf(source)).toEqual(bytes)
        expect(await bytesOf(source)).toEqual(bytes)
      }),
      { numRuns: 25 },
    )
  })

  it('gives a large file in pieces of at most a megabyte', async () => {
    const bytes = new Uint8Array(3 * mb + 5).map((_, at) => at % 251)
    const lengths: number[] = []
    const source = openPath(fileOf(bytes))
    for await (const piece of source.open()) lengths.push(piece.length)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(mb)
    expect(Math.min(...lengths.slice(0, -1))).toBeGreaterThanOrEqual(mb / 16)
    expect(Buffer.compare(await bytesOf(source), bytes)).toBe(0)
  })

  it('is called by its path, or by the name that it was given', () => {
    const file = fileOf('')
    expect(openPath(file).name).toBe(file)
    expect(openPath(file, 'the corpus').name).toBe('the corpus')
  })

  it('stops when it is told to, and leaves no file open', async () => {
    const file = fileOf(new Uint8Array(3 * mb))
    const stop = new AbortController()
    const read = async (): Promise<void> => {
      for await (const piece of openPath(file).open(stop.signal)) if (piece.length > 0) stop.abort()
    }
    await expect(read()).rejects.toMatchObject({ name: 'AbortError' })
    await expect(bytesOf(openPath(file), stop.signal)).rejects.toMatchObject({ name: 'AbortError' })
    await firstPieceOf(openPath(file))
    if (process.platform === 'linux') expect(openFiles(file)).toBe(0)
  })

  it('finds files of its folder, and nothing outside it', async () => {
    const file = fileOf('one', 'train.json')
    const folder = path.dirname(file)
    writeFileSync(path.join(folder, 'rel2id.json'), '{}')
    mkdirSync(path.join(folder, 'sub'))
    writeFileSync(path.join(folder, 'sub', 'rel2id.json'), '{}')
    const source = openPath(path.join(folder, 'train.json'), 'data/train.json')
    const found = source.beside('rel2id.json')
    expect([found?.name, await textOf(found)]).toEqual([path.join('data', 'rel2id.json'), '{}'])
    expect(await textOf(found?.beside('train.json') ?? null)).toBe('one')
    const outside = ['nothing.json', 'sub', 'sub/rel2id.json', '../x', '..', '.', '', 'sub\\rel2id.json', 'x\0', file]
    for (const name of outside) expect(source.beside(name), name).toBeNull()
  })
})

describe('a file that changes while it is read', () => {
  const change = async (how: (file: string) => void): Promise<string> => {
    const file = fileOf(new Uint8Array(2 * mb))
    let isFirst = true
    try {
      for await (const piece of openPath(file).open()) {
        if (isFirst && piece.length > 0) how(file)
        isFirst = false
      }
    } catch (error) {
      return String(error).replace(file, 'FILE')
    }
    return 'read'
  }
  const sentence =
    'AppError: FILE changed while it was read. Wait until no other program writes to it, and read it again.'

  it('is refused when it became longer', async () => {
    expect(await change((file) => appendFileSync(file, 'x'))).toBe(sentence)
  })

  it('is refused when it was cut short', async () => {
    expect(await change((file) => truncateSync(file, mb))).toBe(sentence)
  })

  it('is refused when it was written anew with as many bytes', async () => {
    expect(await change((file) => utimesSync(file, 5, 5))).toBe(sentence)
  })

  it('is read when nothing was done to it', async () => {
    expect(await change(() => undefined)).toBe('read')
  })
})

describe('what cannot be read', () => {
  it('is refused when it is opened, by its name', () => {
    const folder = temporaryFolder()
    expect(() => openPath(folder)).toThrow(`${folder} is a folder; expected a text file.`)
    const missing = path.join(folder, 'missing.json')
    expect(() => openPath(missing)).toThrow(`${missing} cannot be read: it does not exist. Check the path.`)
  })

  it.skipIf(process.platform === 'win32')('is a named pipe, a device or a circle of links', () => {
    const folder = temporaryFolder()
    const [pipe, one, other] = ['pipe', 'one', 'other'].map((name) => path.join(folder, name)) as [
      string,
      string,
      string,
    ]
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
    symlinkSync(one, other)
    symlinkSync(other, one)
    expect(() => openPath(pipe)).toThrow(`${pipe} is a named pipe; expected a text file. Write what it gives`)
    expect(() => openPath('/dev/zero')).toThrow('/dev/zero is a device')
    expect(() => openPath(one)).toThrow(`${one} cannot be read: its links lead in a circle.`)
  })

  it.runIf(process.platform === 'linux')('is not a file of /proc, which does not tell its size', async () => {
    expect(await textOf(openPath('/proc/self/status'))).toContain(`Pid:\t${process.pid}`)
  })
})

describe.skipIf(process.platform === 'win32')('a pipe that a shell made for this program', () => {
  const run = async (script: string, command: string): Promise<string> => {
    const program = `'${process.execPath}' --input-type=module --eval "$SOURCE" --`
    const shell = spawn('bash', ['-c', command.replace('PROGRAM', program)], {
      env: { ...process.env, SOURCE: `const { openPath } = await import('#main/files/path-source')\n${script}` },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    return text(shell.stdout)
  }

  it('can be opened again, from the first byte on, also after only its beginning was read', async () => {
    const script = `
      const source = openPath(process.argv[1])
      for await (const piece of source.open()) { process.stdout.write('[' + piece.length + ']'); break }
      for (let time = 0; time < 2; time++) {
        let length = 0
        for await (const piece of source.open()) length += piece.length
        process.stdout.write(' ' + length)
      }`
    // a program that starts late finds more than the first thousand
    expect(await run(script, 'PROGRAM <(head -c 1000 /dev/zero; sleep 0.3; head -c 2000000 /dev/zero)')).toMatch(
      /^\[\d{4,6}\] 2001000 2001000$/,
    )
  })

  it('that gives nothing more can be given up', async () => {
    const script = `
      const source = openPath(process.argv[1])
      const stop = new AbortController()
      try {
        for await (const piece of source.open(stop.signal)) { process.stdout.write(String(piece[0])); setTimeout(() => stop.abort(), 50) }
      } catch (error) { process.stdout.write(' ' + error.name) }
      let read = ''
      for await (const piece of source.open()) read += piece[0]
      process.stdout.write(' ' + read)
      process.exit()`
    expect(await run(script, 'PROGRAM <(printf "a"; sleep 0.6; printf "b")')).toBe('97 AbortError 9798')
  })

  it('leaves no temporary file, even when the program is killed', async () => {
    const own = temporaryFolder()
    const script = `for await (const piece of openPath('/dev/stdin').open()) process.kill(process.pid, 'SIGKILL')`
    await run(script, `head -c 100000 /dev/zero | TMPDIR='${own}' PROGRAM`)
    expect(readdirSync(own).filter((name) => name.startsWith('espalier'))).toEqual([])
  })
})
