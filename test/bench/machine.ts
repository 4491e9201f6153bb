/** The machine and the day, as every published figure has to say. */
import { execFileSync } from 'node:child_process'
import os from 'node:os'

export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGb: number
  readonly system: string
  readonly node: string
  /** Short hash of the commit, with "+" when files were changed since; null outside a checkout. */
  readonly commit: string | null
  /** Year, month and day. */
  readonly date: string
}

export function describeMachine(): Machine {
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.platform()} ${os.arch()}`,
    node: process.versions.node,
    commit: findCommit(),
    date: new Date().toISOString().slice(0, 10),
  }
}

/** One line. */
export function machineToText({ processor, cores, memoryGb, system, node, commit, date }: Machine): string {
  const parts = [
    processor,
    `${cores} cores`,
    `${memoryGb} GB`,
    system,
    `Node ${node}`,
    commit && `commit ${commit}`,
    date,
  ]
  return parts.filter(Boolean).join(', ')
}

function findCommit(): string | null {
  const git = (...words: string[]): string =>
    execFileSync('git', words, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : '+'}`
  } catch {
    return null
  }
}
