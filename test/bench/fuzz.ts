/** npm run bench -- fuzz: every reader on mutated files, and how long the slowest took and how much memory was needed. */
import { readMutated, seeds } from '../support/fuzz-formats.ts'
import { formatTable } from '#main/text/aligned-table'

interface Outcome {
  readonly format: string
  readonly read: number
  readonly refused: number
  readonly slowestMs: number
}

/**
 * Mutates files of all formats in turn, `inputs` in all.
 * @throws Error naming format and mutation where a reader fails in another way than by a sentence.
 */
export async function measureFuzz(inputs: number, tell: (line: string) => void): Promise<string> {
  const all = await seeds()
  const each = Math.ceil(inputs / all.length)
  const outcomes: Outcome[] = []
  let peak = 0
  for (const seed of all) {
    const counts = { read: 0, refused: 0 }
    let slowestMs = 0
    for (let number = 0; number < each; number++) {
      const before = performance.now()
      counts[await readMutated(seed, number)]++
      slowestMs = Math.max(slowestMs, performance.now() - before)
      if (number % 500 === 0) peak = Math.max(peak, process.memoryUsage().rss)
    }
    outcomes.push({ format: seed.format.name, ...counts, slowestMs })
    tell(`${seed.format.name}: ${each} files`)
  }
  const table = formatTable(
    ['format', 'read', 'refused', 'slowest ms'],
    outcomes.map(({ format, read, refused, slowestMs }) => [format, read, refused, Math.round(slowestMs)]),
  )
  return `${table}\n${each * all.length} mutated files, at most ${Math.round(peak / 1e6)} MB of memory.\n`
}
