/** The process of one of our contestants: starts what it is told, then computes when asked and sleeps in between. */
import { createInterface } from 'node:readline'
import { probeBackends } from '#main/backends/ladder'
import { parseLine, type Failure, type Ready, type Request, type Turn } from './protocol.ts'
import { startRunner, type Runner, type RunnerOptions } from './runner.ts'

const [asked = ''] = process.argv.slice(2)
try {
  if (asked === 'probe') tell(await probeBackends())
  else await serve(JSON.parse(asked) as RunnerOptions) // written by processes.ts
} catch (error) {
  tell({ failure: error instanceof Error ? error.message : String(error) })
}
// threads of a backend would keep the process
process.stdout.write('', () => process.exit())

async function serve(options: RunnerOptions): Promise<void> {
  const runner = await startRunner(options)
  tell({ device: runner.device })
  for await (const line of createInterface({ input: process.stdin })) {
    const request = parseLine<Request>(line)
    if (request) tell(await work(runner, request))
  }
  await runner.close()
}

async function work(runner: Runner, { task, count }: Request): Promise<Turn> {
  const milliseconds: number[] = []
  const time = async (act: () => Promise<unknown>): Promise<void> => {
    const startedMs = performance.now()
    await act()
    milliseconds.push(performance.now() - startedMs)
  }
  if (task === 'extract') await time(() => runner.extract(count))
  else for (let step = 0; step < count; step++) await time(() => runner.step())
  // kilobytes; the process that started this one must be small, since Linux counts from there
  return { milliseconds, peakMb: process.resourceUsage().maxRSS / 1024 }
}

function tell(value: Ready | Turn | Failure | Awaited<ReturnType<typeof probeBackends>>): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}
