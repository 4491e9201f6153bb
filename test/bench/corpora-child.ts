/** One part of the corpora bench in a process of its own, whose CPU and peak memory are told as the last line of its output. */
import { openServices } from '#main/services/services'
import { growHeapSlowly } from '#main/machine/heap-growth'
import { createProcessHost } from '#main/compute/host'
import type { CorpusFile } from './corpora-file.ts'
import { importByScript } from './corpora-floor.ts'
import { storePredictions } from './corpora-predictions.ts'
import { askAll, type Answer } from './corpora-questions.ts'
import { watchLoop, type Delay } from './loop-delay.ts'

export type Part =
  | { readonly part: 'floor' | 'import'; readonly workspace: string; readonly files: readonly CorpusFile[] }
  | { readonly part: 'predictions'; readonly workspace: string }
  | { readonly part: 'questions'; readonly workspace: string; readonly exportTo: string }

export interface PartResult {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMb: number
  readonly delay: Delay
  readonly answers: readonly Answer[]
}

growHeapSlowly() // as the program does
const task = JSON.parse(process.argv[2] ?? '') as Part // written by corpora.ts
const [start, cpu, stop] = [performance.now(), process.cpuUsage(), watchLoop()]
const answers = await work(task)
const { user, system } = process.cpuUsage(cpu)
const result: PartResult = {
  seconds: (performance.now() - start) / 1000,
  cpuSeconds: (user + system) / 1e6,
  peakMb: process.resourceUsage().maxRSS / 1024,
  delay: stop(),
  answers,
}
process.stdout.write(`${JSON.stringify(result)}\n`)

async function work(part: Part): Promise<Answer[]> {
  switch (part.part) {
    case 'floor':
      importByScript(part.workspace, part.files)
      return []
    case 'import':
      await importByServices(part.workspace, part.files)
      return []
    case 'predictions':
      storePredictions(part.workspace)
      return []
    case 'questions':
      return askAll(part.workspace, part.exportTo, (line) => void process.stderr.write(`${line}\n`))
  }
}

async function importByServices(workspace: string, files: readonly CorpusFile[]): Promise<void> {
  const services = await openServices({ workspace, compute: createProcessHost() })
  await services.handlers.corpora.import({
    ...{ corpus: 'bench', split: 'train', taskId: 'bench' },
    files: files.map(({ split, file }) => ({ file: { path: file }, split })),
  })
  await services.close()
}
