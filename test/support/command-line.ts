/** Runs the command line: its output and its exit status. */
import { spawn, type ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { tinyCorpus } from './tiny-corpus.ts'

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Bundles, which `npm run espalier` and `npm start` take where no source has changed since; `fresh-program.ts` makes them before the tests. */
const bundles = path.resolve(import.meta.dirname, '../../out/main')
export const espalierBundle = path.join(bundles, 'espalier.js')
export const startBundle = path.join(bundles, 'start.js')

/** The command line as people run it, in a process of its own. */
export async function espalierProcess(args: readonly string[], input: string | Uint8Array = ''): Promise<Outcome> {
  const child = startEspalier(args)
  child.stdin.end(input)
  return outcomeOf(child)
}

let last: Promise<unknown> = Promise.resolve()

/** The command line in this process, one call at a time: a process of its own would first load nine hundred modules. */
export function espalier(args: readonly string[], input: string | Uint8Array = '', cwd = '.'): Promise<Outcome> {
  const done = last.then(() => runHere(args, input, cwd))
  last = done.catch(() => undefined)
  return done
}

async function runHere(args: readonly string[], input: string | Uint8Array, cwd: string): Promise<Outcome> {
  const { createProgram } = await import('#main/cli/create-program')
  const { runWords } = await import('#main/cli/run-program')
  const [stdout, stderr] = [collect(process.stdout), collect(process.stderr)]
  const { exitCode } = process
  const folder = process.cwd()
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin') ?? {}
  Object.defineProperty(process, 'stdin', { configurable: true, value: Readable.from([Buffer.from(input)]) })
  process.exitCode = 0
  process.chdir(cwd)
  try {
    await runWords(createProgram(), args)
    return { code: Number(process.exitCode), stdout: stdout.end(), stderr: stderr.end() }
  } finally {
    stdout.end()
    stderr.end()
    process.exitCode = exitCode
    process.chdir(folder)
    Object.defineProperty(process, 'stdin', stdin)
  }
}

/** Takes what is written to a stream, until the end. */
function collect(stream: NodeJS.WriteStream): { end(): string } {
  let written = ''
  const { write } = stream
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    written += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    for (const callback of rest) if (typeof callback === 'function') queueMicrotask(() => void callback())
    return true
  }
  return {
    end() {
      stream.write = write
      return written
    },
  }
}

/** What became of it, once it has ended. */
export async function outcomeOf(child: ReturnType<typeof startEspalier>): Promise<Outcome> {
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, stdout, stderr }
}

/** The program with its own process group, as a terminal starts it. */
export function startEspalier(
  args: readonly string[],
  program = espalierBundle,
  nodeOptions: readonly string[] = [],
  cwd = '.',
) {
  return spawn(process.execPath, [...nodeOptions, program, ...args], { stdio: 'pipe', detached: true, cwd })
}

/** What a terminal does on Ctrl+C: the whole process group is interrupted, the processes that compute included. */
export function pressCtrlC({ pid }: ChildProcess): void {
  if (pid === undefined) throw new Error('The program did not start')
  process.kill(-pid, 'SIGINT')
}

/** Resolves when the child has written this to stderr; fails when it ends without. */
export function untilStderr(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let written = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      written += chunk.toString()
      if (pattern.test(written)) resolve(written)
    })
    child.once('close', () => reject(new Error(`ended without ${String(pattern)}: ${written}`)))
  })
}

/** Files of the tiny corpus in a folder, and their import. */
export async function importTinyFiles(folder: string, workspace: string): Promise<readonly Outcome[]> {
  const outcomes = []
  for (const [split, count] of [
    ['train', 60],
    ['dev', 12],
    ['test', 12],
  ] as const) {
    const file = path.join(folder, `${split}.json`)
    writeFileSync(file, tinyCorpus(count, count + split.length))
    outcomes.push(
      await espalier(['import', '--workspace', workspace, '--corpus', 'Tiny', '--split', split, '--json', file]),
    )
  }
  return outcomes
}
