/** Contestants as processes: each stays alive between its turns, so that its peak memory is its own. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { ProbedBackend } from '#main/backends/ladder'
import type { Contestant } from './contestants.ts'
import { parseLine, type Failure, type Ready, type Request, type Turn } from './protocol.ts'
import type { RunnerOptions } from './runner.ts'
import type { Workload } from './workload.ts'

export interface Started {
  /** In words. */
  readonly device: string
  /** @throws Error with the reason when the process fails or ends. */
  work(request: Request): Promise<Turn>
  close(): Promise<void>
}

interface Command {
  readonly program: string
  readonly words: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

const ours = path.join(import.meta.dirname, 'contestant.ts')
const peers = path.join(import.meta.dirname, 'peer', 'pmei.py')

/** @throws Error with the reason when it cannot take part. */
export async function startContestant(contestant: Contestant, workload: Workload): Promise<Started> {
  const talk = converse(commandOf(contestant, workload))
  const { device } = await talk.next<Ready>()
  return {
    device,
    work: (request) => talk.next<Turn>(request),
    close: () => talk.end(),
  }
}

/** What can compute here, found in a process of its own: a library that was tried stays loaded. */
export async function probeMachine(): Promise<readonly ProbedBackend[]> {
  const talk = converse({ program: process.execPath, words: [ours, 'probe'] })
  const { backends } = await talk.next<{ readonly backends: readonly ProbedBackend[] }>()
  await talk.end()
  return backends
}

function commandOf({ process: how, threads }: Contestant, workload: Workload): Command {
  if ('python' in how)
    return {
      program: how.python,
      words: [peers, JSON.stringify(workload), how.formulation, how.device, `${threads ?? 1}`],
    }
  const options: RunnerOptions = { workload, backend: how.backend, threads: threads ?? 1 }
  return { program: process.execPath, words: [ours, JSON.stringify(options)], environment: how.environment }
}

interface Talk {
  /** The next answer, after a request if there is one. */
  next<Answer>(request?: Request): Promise<Answer>
  end(): Promise<void>
}

function converse({ program, words, environment = {} }: Command): Talk {
  const child = spawn(program, words, {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (text: Buffer) => (complaint = `${complaint}${text.toString()}`.slice(-2000)))
  child.stdin.on('error', () => undefined) // its end is told below
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message))
    child.once('close', (code, signal) =>
      resolve(`it ended with ${signal ?? `status ${code}`}. ${lastLine(complaint)}`),
    )
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async next<Answer>(request?: Request) {
      if (request) child.stdin.write(`${JSON.stringify(request)}\n`)
      for (;;) {
        const line = await lines.next()
        if (line.done) throw new Error((await ended).trim())
        const answer = parseLine<Answer | Failure>(line.value)
        if (answer && isFailure(answer)) throw new Error(answer.failure)
        if (answer) return answer
      }
    },
    async end() {
      child.stdin.end()
      await ended
    },
  }
}

const isFailure = (answer: object | Failure): answer is Failure => 'failure' in answer

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''
