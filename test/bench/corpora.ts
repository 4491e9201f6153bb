/**
 * A generated corpus imported by the program and by a script without any care, then everything that a window asks of it. Ratios are
 * of one run; each part is a process of its own.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { formatTable } from '#main/text/aligned-table'
import type { Part, PartResult } from './corpora-child.ts'
import { writeCorpusFiles } from './corpora-file.ts'
import type { Answer } from './corpora-questions.ts'
import { describeMachine, machineToText } from './machine.ts'

type Tell = (line: string) => void

interface CorporaOptions {
  readonly sentences: number
  /** Folder of the workspace that is kept, and taken as it is where it is there; null for one that is removed at the end. */
  readonly workspace: string | null
}

export async function measureCorpora({ sentences, workspace }: CorporaOptions, tell: Tell): Promise<string> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'espalier-corpora-'))
  try {
    const kept = workspace ?? path.join(scratch, 'kept')
    const lines = [machineToText(describeMachine())]
    if (!existsSync(path.join(kept, 'espalier.sqlite'))) lines.push(await importBoth(scratch, kept, sentences, tell))
    tell('Asking everything')
    const exportTo = path.join(scratch, 'export.jsonl')
    const asked = await runPart({ part: 'questions', workspace: kept, exportTo })
    const size = statSync(exportTo).size / 1e6
    lines.push(
      answersToText(asked.answers),
      `The export has ${size.toFixed(0)} MB; peak ${asked.peakMb.toFixed(0)} MB.`,
    )
    return `${lines.join('\n\n')}\n`
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function importBoth(scratch: string, kept: string, sentences: number, tell: Tell): Promise<string> {
  tell(`Writing ${sentences} sentences`)
  mkdirSync(kept, { recursive: true })
  const files = await writeCorpusFiles(scratch, sentences)
  tell('Importing by the script')
  const floor = await runPart({ part: 'floor', workspace: path.join(scratch, 'floor'), files })
  rmSync(path.join(scratch, 'floor'), { recursive: true, force: true })
  tell('Importing by the program')
  const ours = await runPart({ part: 'import', workspace: kept, files })
  tell('Storing predictions of two runs')
  const predictions = await runPart({ part: 'predictions', workspace: kept })
  const rows = Object.entries({ script: floor, program: ours, predictions })
  const table = formatTable(
    ['import', 's', 'CPU s', 'peak MB', 'delay p50', 'p99', 'max ms'],
    rows.map(([name, { seconds, cpuSeconds, peakMb, delay }]) => [
      ...[name, seconds, cpuSeconds, peakMb, delay.p50Ms, delay.p99Ms, delay.maxMs],
    ]),
  )
  return `${sentences} sentences. CPU of the program / CPU of the script: ${(ours.cpuSeconds / floor.cpuSeconds).toFixed(2)}\n\n${table}`
}

function answersToText(answers: readonly Answer[]): string {
  return formatTable(
    ['question', 'median ms', 'worst ms', 'CPU ms', 'delay p99', 'max ms', 'answer'],
    answers.map(({ question, medianMs, worstMs, cpuMs, delay, said }) => [
      ...[question, medianMs, worstMs, cpuMs, delay.p99Ms, delay.maxMs, said],
    ]),
  )
}

/** @throws Error with the last lines of a process that failed. */
function runPart(part: Part): Promise<PartResult> {
  const program = path.join(import.meta.dirname, 'corpora-child.ts')
  const child = spawn(process.execPath, [program, JSON.stringify(part)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [output, complaint] = ['', '']
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  child.stderr.on('data', (text: Buffer) => (complaint = `${complaint}${text.toString()}`.slice(-2000)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output.trim().split('\n').at(-1) ?? '') as PartResult) // written by corpora-child.ts
      else reject(new Error(`${part.part} ended with status ${code}. ${complaint.trim()}`))
    })
  })
}
