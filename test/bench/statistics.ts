/** Seconds that testing two systems takes: 10,000 resamples and 10,000 shuffles over 5,000 sentences and two times five runs. */
import { compareSystems, usualTest } from '#main/comparison/compare-systems'
import type { SystemCounts } from '#main/comparison/count-table'
import type { SentenceCounts } from '#main/evaluation/sentence-counts'
import { createRandom, type Random } from '#main/models/shared/random'
import { describeMachine, machineToText } from './machine.ts'

const size = { sentences: 5000, runs: 5, times: 3 }

/** The fastest of a few times, as text. */
export function measureStatistics(): string {
  const random = createRandom(1)
  const systems = [0.8, 0.81].map((chance) => Array.from({ length: size.runs }, () => madeRun(random, chance)))
  const seconds = Array.from({ length: size.times }, () => timeOf(systems[0] ?? [], systems[1] ?? []))
  const what = `${usualTest.resamples} resamples and ${usualTest.shuffles} shuffles over ${size.sentences} sentences and 2 x ${size.runs} runs`
  return `${machineToText(describeMachine())}\n\n${what}: ${Math.min(...seconds).toFixed(2)} s in one thread\n`
}

function timeOf(first: SystemCounts, second: SystemCounts): number {
  const started = performance.now()
  for (const _ of compareSystems(first, second)) continue
  return (performance.now() - started) / 1000
}

function madeRun({ uniform, integer }: Random, chance: number): SentenceCounts {
  const gold = Uint32Array.from({ length: size.sentences }, () => 1 + integer(4))
  const correct = gold.map((count) => Array.from({ length: count }, uniform).filter((drawn) => drawn < chance).length)
  return { gold, correct, predicted: correct.map((count) => count + integer(2)) }
}
