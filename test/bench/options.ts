/** The words after `npm run bench --`. */
import os from 'node:os'
import { parseArgs } from 'node:util'
import { workloads, type Workload } from './workload.ts'

export const usage = `npm run bench -- [options]

  (nothing)              training steps and extraction of every backend found here, in one table
  --only s1|s2           one workload: S1 has short sentences and many relation types, S2 the reverse
  --backends NAMES       only these rows, with commas: wasm-wide, wasm, wasm-simd, plain, tensorflow, tensorflow-gpu, webgpu
  --threads NUMBERS      with commas (default: 1 and the number of cores)
  --rounds N             turns of every contestant (default: 7)
  --python PATH          a Python with PyTorch, for the peer's column (default: python3, if it has it)
  --markdown | --json    the table for a document, or everything that was measured

  --window               how fast the window answers while a run trains, and while none does
  --annotate             how fast the editor opens and paints a sentence of 10,000 tokens
  --statistics           how long testing two systems, their diff and a table of 60 runs take
  --epoch FOLDER         seconds of one training epoch on the train file (triple JSON) of a folder

  corpora                import, pages, queues and counts of a generated corpus, the import beside a bare script
    --sentences N        its size (default: 100000)
    --workspace FOLDER   keeps the workspace there, and takes the one that is there
  extraction             a file from end to end beside the model alone: ratio, first triple, peak memory
    --model FOLDER       as "espalier model export" writes it
    --texts FILE         JSON lines with a text each, or plain lines
  torture                kills the program at random moments over every kind of job, and looks what was lost
    --kills N            how many (default: 200)
    --out FILE           keeps what became of each; a torture that was stopped goes on behind it
  flips                  one bit of a database is another one, at random places: how many the checks find
    --database FILE      database of a workspace that nobody has open
    --flips N            how many (default: 1000)
  procedures             every procedure of the contract on hostile inputs
    --inputs N           how many (default: 10000)
  fuzz                   every reader on damaged files
    --inputs N           how many (default: 200000)
`

interface Common {
  readonly rounds: number
  readonly backends: readonly string[] | null
  readonly threads: readonly number[]
  readonly python: string | null
  readonly format: 'text' | 'markdown' | 'json'
}

export type Options =
  | (Common & { readonly mode: 'table'; readonly workloads: readonly Workload[] })
  | { readonly mode: 'window' }
  | { readonly mode: 'annotate' }
  | { readonly mode: 'statistics' }
  | { readonly mode: 'epoch'; readonly folder: string }
  | { readonly mode: 'corpora'; readonly sentences: number; readonly workspace: string | null }
  | {
      readonly mode: 'extraction'
      readonly model: string
      readonly texts: string
      readonly threads: readonly number[]
      readonly rounds: number
    }
  | { readonly mode: 'fuzz'; readonly inputs: number }
  | { readonly mode: 'procedures'; readonly inputs: number }
  | { readonly mode: 'flips'; readonly database: string; readonly flips: number }
  | { readonly mode: 'torture'; readonly kills: number; readonly out: string | null }
  | { readonly mode: 'help' }

/** What can be measured beside the table. */
const parts: readonly string[] = ['corpora', 'extraction', 'torture', 'flips', 'procedures', 'fuzz']

/** @throws Error that names the word that cannot be used. */
export function readOptions(words: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      backends: { type: 'string' },
      threads: { type: 'string' },
      rounds: { type: 'string', default: '7' },
      python: { type: 'string' },
      markdown: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      window: { type: 'boolean', default: false },
      annotate: { type: 'boolean', default: false },
      statistics: { type: 'boolean', default: false },
      epoch: { type: 'string' },
      sentences: { type: 'string', default: '100000' },
      workspace: { type: 'string' },
      model: { type: 'string' },
      texts: { type: 'string' },
      inputs: { type: 'string' },
      kills: { type: 'string', default: '200' },
      out: { type: 'string' },
      database: { type: 'string' },
      flips: { type: 'string', default: '1000' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return { mode: 'help' }
  const [asked, ...more] = positionals
  if ((asked !== undefined && !parts.includes(asked)) || more.length > 0)
    throw new Error(
      `"${positionals.join(' ')}" is nothing that can be measured: expected ${parts.join(', ')}, or nothing.`,
    )
  if (asked === 'extraction') {
    const { model, texts } = values
    if (model === undefined || texts === undefined) throw new Error('extraction needs --model FOLDER and --texts FILE.')
    return {
      ...{ mode: 'extraction', model, texts },
      ...{ threads: readThreads(values.threads), rounds: readWhole('--rounds', values.rounds) },
    }
  }
  if (asked === 'fuzz') return { mode: 'fuzz', inputs: readWhole('--inputs', values.inputs ?? '200000') }
  if (asked === 'procedures') return { mode: 'procedures', inputs: readWhole('--inputs', values.inputs ?? '10000') }
  if (asked === 'flips') {
    if (values.database === undefined) throw new Error('flips needs --database FILE.')
    return { mode: 'flips', database: values.database, flips: readWhole('--flips', values.flips) }
  }
  if (asked === 'torture')
    return { mode: 'torture', kills: readWhole('--kills', values.kills), out: values.out ?? null }
  if (asked === 'corpora')
    return {
      mode: 'corpora',
      sentences: readWhole('--sentences', values.sentences),
      workspace: values.workspace ?? null,
    }
  if (values.window) return { mode: 'window' }
  if (values.annotate) return { mode: 'annotate' }
  if (values.statistics) return { mode: 'statistics' }
  if (values.epoch !== undefined) return { mode: 'epoch', folder: values.epoch }
  return {
    mode: 'table',
    workloads: readWorkloads(values.only),
    backends: values.backends?.split(',') ?? null,
    threads: readThreads(values.threads),
    rounds: readWhole('--rounds', values.rounds),
    python: values.python ?? null,
    format: values.json ? 'json' : values.markdown ? 'markdown' : 'text',
  }
}

function readWorkloads(only: string | undefined): Workload[] {
  const chosen = Object.values<Workload>(workloads).filter(
    ({ name }) => only === undefined || name === only.toUpperCase(),
  )
  if (chosen.length === 0) throw new Error(`--only is ${only}: expected s1 or s2.`)
  return chosen
}

function readThreads(text: string | undefined): number[] {
  const threads = text?.split(',').map((word) => readWhole('--threads', word)) ?? [1, os.availableParallelism()]
  return [...new Set(threads)].sort((a, b) => a - b)
}

function readWhole(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} is ${text}: expected whole numbers from 1.`)
  return value
}
