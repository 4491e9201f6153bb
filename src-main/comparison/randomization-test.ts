/**
 * Approximate randomisation test of the difference of two systems' mean F1 (Noreen 1989), two-sided, p = (hits + 1) / (shuffles + 1).
 * Every shuffle swaps what the systems say of a sentence with probability 1/2. With several runs it adds what other seeds
 * might add: a draw of Student's t with the deviation of the runs within their systems.
 */
import { nextBits, startState, toUnit, type RandomState } from '#main/core/small-counter'
import { f1OfRuns, f1OfSum, meanOf, sumRows, type CountTable } from './count-table.ts'
import { additionsPerStep } from './paired-bootstrap.ts'

/** Differences closer than this are equal: sums of F1 differ in their last bits by the order of addition. */
const tiny = 1e-12

/** The same seed gives the same p. */
export function* randomizationTest(
  table: CountTable,
  { seed, shuffles }: { readonly seed: number; readonly shuffles: number },
): Generator<void, number> {
  const { first, second } = f1OfRuns(table)
  const observed = Math.abs(meanOf(second) - meanOf(first))
  const bySeeds = seedNoise(first, second)
  const swappable = untied(table)
  const totals = totalsOf(table)
  const state = startState([seed])
  const swapped = new Int32Array(swappable.length)
  const moved = new Float64Array(table.runs)
  const perStep = Math.max(1, Math.floor(additionsPerStep / (swappable.length * table.runs + 1)))
  let hits = 0
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    sumRows(table, swapped, chooseHalf(swappable, swapped, state), moved)
    const difference = differenceOfSwapped(totals, moved, table) + bySeeds(state)
    if (Math.abs(difference) >= observed - tiny) hits++
    if (shuffle % perStep === perStep - 1) yield
  }
  return (hits + 1) / (shuffles + 1)
}

/** Places of the sentences of which not all runs say the same: swapping others moves nothing. */
function untied({ cells, sentences, runs }: CountTable): Int32Array {
  const places: number[] = []
  for (let at = 0; at < sentences; at++) {
    const row = cells.subarray(at * runs, (at + 1) * runs)
    if (row.some((cell) => cell !== row[0])) places.push(at)
  }
  return Int32Array.from(places)
}

function totalsOf(table: CountTable): Float64Array {
  const sums = new Float64Array(table.runs)
  sumRows(
    table,
    Int32Array.from({ length: table.sentences }, (_, at) => at),
    table.sentences,
    sums,
  )
  return sums
}

/** Puts about half of the places into `chosen`, and answers with their number. */
function chooseHalf(places: Int32Array, chosen: Int32Array, state: RandomState): number {
  let [length, bits] = [0, 0]
  for (let at = 0; at < places.length; at++) {
    if (at % 32 === 0) bits = nextBits(state)
    chosen[length] = places[at] as number // `at` is below the length
    length += bits & 1
    bits >>>= 1
  }
  return length
}

/**
 * Mean difference over all pairs of a run of the first and a run of the second system that exchange what they say of the
 * moved sentences: with all pairs, unequal numbers of runs need no partner left out.
 */
function differenceOfSwapped(
  totals: Float64Array,
  moved: Float64Array,
  { firstRuns, runs, factor }: CountTable,
): number {
  let sum = 0
  for (let one = 0; one < firstRuns; one++)
    for (let other = firstRuns; other < runs; other++) {
      const exchanged = (moved[other] ?? 0) - (moved[one] ?? 0)
      sum += f1OfSum((totals[other] ?? 0) - exchanged, factor) - f1OfSum((totals[one] ?? 0) + exchanged, factor)
    }
  return sum / (firstRuns * (runs - firstRuns))
}

/** Draws what other seeds might add to the difference; nothing where each system has one run, since one has no deviation. */
function seedNoise(first: readonly number[], second: readonly number[]): (state: RandomState) => number {
  const degrees = first.length + second.length - 2
  const squares = [first, second].reduce((sum, runs) => {
    const mean = meanOf(runs)
    return sum + runs.reduce((part, f1) => part + (f1 - mean) ** 2, 0)
  }, 0)
  if (degrees === 0 || squares === 0) return () => 0
  const error = Math.sqrt((squares / degrees) * (1 / first.length + 1 / second.length))
  return (state) => {
    let chiSquare = 0
    for (let at = 0; at < degrees; at++) chiSquare += drawNormal(state) ** 2
    return (error * drawNormal(state)) / Math.sqrt(chiSquare / degrees)
  }
}

/** Draws a standard normal number (Box and Muller). */
function drawNormal(state: RandomState): number {
  const radius = Math.sqrt(-2 * Math.log(1 - toUnit(nextBits(state))))
  return radius * Math.cos(2 * Math.PI * toUnit(nextBits(state)))
}
