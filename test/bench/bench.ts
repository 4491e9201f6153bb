/** npm run bench: one table of training steps and extraction, the window's answers while it trains, the editor on a long sentence, an epoch, or a corpus. */
import { listOurs, listPeers } from './contestants.ts'
import { runWorkload } from './interleave.ts'
import { describeMachine, machineToText } from './machine.ts'
import { readOptions, usage, type Options } from './options.ts'
import { findPython } from './peer.ts'
import { probeMachine } from './processes.ts'
import { makeTable, tableToMarkdown, tableToText, type WorkloadResults } from './table.ts'

const print = (text: string): void => void process.stdout.write(text)
const tell = (line: string): void => void process.stderr.write(`${line}\n`)

try {
  await run(readOptions(process.argv.slice(2)))
} catch (error) {
  tell(error instanceof Error ? error.message : String(error))
  tell('npm run bench -- --help lists what can be asked.')
  process.exitCode = 1
}

async function run(options: Options): Promise<void> {
  switch (options.mode) {
    case 'help':
      return print(usage)
    case 'table':
      return runTable(options)
    case 'window':
      return print(await (await import('./window.ts')).measureWindow(tell))
    case 'annotate':
      return print(await (await import('./annotate.ts')).measureAnnotate(tell))
    case 'statistics':
      print((await import('./statistics.ts')).measureStatistics())
      return print(`${await (await import('./comparisons.ts')).measureComparisons()}\n`)
    case 'fuzz':
      return print(await (await import('./fuzz.ts')).measureFuzz(options.inputs, tell))
    case 'procedures':
      return print(await (await import('./procedures.ts')).measureProcedures(options.inputs, tell))
    case 'flips':
      return print((await import('./flips.ts')).measureFlips(options.database, options.flips, tell))
    case 'torture':
      return print(await (await import('./torture.ts')).tortureProgram(options, tell))
    case 'corpora':
      return print(await (await import('./corpora.ts')).measureCorpora(options, tell))
    case 'extraction':
      return print(await (await import('./extraction.ts')).measureExtraction(options, tell))
    case 'epoch':
      return print(await (await import('./epoch.ts')).measureEpoch(options.folder, tell))
  }
}

async function runTable({ workloads, rounds, format, ...wanted }: Options & { mode: 'table' }): Promise<void> {
  const probed = await probeMachine()
  const python = await findPython(wanted.python)
  const contestants = [...listOurs(probed, wanted), ...('missing' in python ? [] : listPeers(python, wanted.threads))]
  if (contestants.length === 0)
    throw new Error(`Nothing to measure: no backend of that name is available. ${probed.map(reasonOf).join('; ')}`)
  const all: WorkloadResults[] = []
  // one workload after the other: only what is compared is in memory
  for (const workload of workloads)
    all.push({ workload, results: await runWorkload(workload, contestants, { rounds, tell }) })
  const machine = describeMachine()
  const notes = 'missing' in python ? [python.missing] : []
  if (format === 'json') return print(`${JSON.stringify({ machine, rounds, probed, notes, all }, null, 2)}\n`)
  const table = makeTable(all)
  print(`${machineToText(machine)}, ${rounds} rounds\n\n`)
  print(format === 'markdown' ? tableToMarkdown(table) : tableToText(table))
  print(`\n${[...table.notes, ...notes].map((note) => `- ${note}\n`).join('')}`)
}

const reasonOf = ({ name, reason }: { readonly name: string; readonly reason: string }): string => `${name}: ${reason}`
