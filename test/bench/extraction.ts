/**
 * Extraction from end to end beside the model alone, on the same threads and in turns: the ratio of their rates, the first triple after
 * a cold start, and the peak memory of all processes together.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { loadavg } from 'node:os'
import { formatTable } from '#main/text/aligned-table'
import type { ModelPart, ModelRate } from './extraction-model.ts'
import { median, ratioOf } from './figures.ts'
import { describeMachine, machineToText } from './machine.ts'
import { parseLine } from './protocol.ts'

interface ExtractionOptions {
  /** Folder of a model. */
  readonly model: string
  /** File of JSON lines with a text each, or of plain lines. */
  readonly texts: string
  readonly threads: readonly number[]
  readonly rounds: number
}

interface Filtered {
  readonly seconds: number
  /** Seconds to the first line with a triple. */
  readonly firstTriple: number
  readonly peakMb: number
}

const cli = path.join(import.meta.dirname, '..', '..', 'src-main', 'cli', 'main.ts')
const modelAlone = path.join(import.meta.dirname, 'extraction-model.ts')

export async function measureExtraction(options: ExtractionOptions, tell: (line: string) => void): Promise<string> {
  const { model, texts, rounds } = options
  const rows: (string | number)[][] = []
  for (const threads of options.threads) {
    const [alone, whole]: [ModelRate[], Filtered[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      tell(`${threads} threads, round ${round + 1} of ${rounds}`)
      alone.push(await runModel({ model, texts, threads }))
      whole.push(await runFilter({ model, texts, threads }))
    }
    const { sentences } = alone[0] ?? { sentences: 0 }
    const rates = [alone, whole].map((all) => all.map(({ seconds }) => sentences / seconds))
    rows.push([
      threads,
      ...rates.map((all) => Math.round(median(all))),
      ratioOf(rates[1] ?? [], rates[0] ?? []).toFixed(2),
      median(whole.map(({ firstTriple }) => firstTriple)).toFixed(1),
      Math.round(Math.max(...whole.map(({ peakMb }) => peakMb))),
    ])
  }
  const head = ['threads', 'model alone, sentences/s', 'end to end', 'ratio', 'first triple s', 'peak MB']
  const load = loadavg()[0]?.toFixed(1)
  return `${machineToText(describeMachine())}, ${rounds} rounds, load ${load}\n\n${formatTable(head, rows)}\n`
}

async function runModel(part: ModelPart): Promise<ModelRate> {
  const child = spawn(process.execPath, [modelAlone, JSON.stringify(part)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  await ended(child)
  const rate = parseLine<ModelRate>(said)
  if (!rate) throw new Error(`The model alone said nothing of its rate: ${said}`)
  return rate
}

async function runFilter({ model, texts, threads }: ModelPart): Promise<Filtered> {
  const begin = performance.now()
  const since = (): number => (performance.now() - begin) / 1000
  const words = [cli, 'extract', model, texts, '--threads', `${threads}`]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  let firstTriple = Number.NaN
  child.stdout.on('data', (text: Buffer) => {
    if (Number.isNaN(firstTriple) && text.includes('"relation":')) firstTriple = since()
  })
  let peakMb = 0
  const watch = setInterval(() => (peakMb = Math.max(peakMb, memoryOf(child.pid ?? 0))), 50)
  try {
    await ended(child)
  } finally {
    clearInterval(watch)
  }
  return { seconds: since(), firstTriple, peakMb }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`It ended with ${signal ?? `status ${code}`}.`)),
    )
  })
}

/** Resident megabytes of a process and those that it started, as Linux tells them; 0 elsewhere. */
function memoryOf(pid: number): number {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    )
    return children.reduce((sum, child) => sum + memoryOf(Number(child)), Number(kilobytes) / 1024)
  } catch {
    return 0 // it has just ended
  }
}
