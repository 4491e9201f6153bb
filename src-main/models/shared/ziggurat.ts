/**
 * Normal random numbers by the ziggurat method: strips of equal area under the density, so that most draws take one
 * multiplication.
 */
import { nextBits, toUnit, type RandomState } from '#main/core/small-counter'

/**
 * Number of strips. The method is that of Marsaglia and Tsang (2000) in the form of Doornik (2005), which takes strip
 * and position from different bits. Strips are numbered from the tail; their edges fall from the first to 0.
 */
const strips = 128
const tailStart = 3.442619855899
const stripArea = 9.91256303526217e-3

const density = (x: number): number => Math.exp(-0.5 * x * x)

const edges = new Float64Array(strips + 1)
edges[0] = stripArea / density(tailStart)
edges[1] = tailStart
for (let strip = 2; strip < strips; strip++) {
  const outer = edgeOf(strip - 1)
  edges[strip] = Math.sqrt(-2 * Math.log(stripArea / outer + density(outer)))
}

/** Share of every strip that lies below the density over its full height. */
const inner = Float64Array.from({ length: strips }, (_, strip) => edgeOf(strip + 1) / edgeOf(strip))

export function drawNormal(state: RandomState): number {
  while (true) {
    const bits = nextBits(state)
    const strip = bits & (strips - 1)
    const place = (bits >> 7) / 2 ** 24 // in [-1, 1)
    const x = place * edgeOf(strip)
    if (Math.abs(place) < (inner[strip] as number)) return x
    if (strip === 0) return drawTail(state, place < 0 ? -1 : 1)
    const low = density(edgeOf(strip))
    const high = density(edgeOf(strip + 1))
    if (low + toUnit(nextBits(state)) * (high - low) < density(x)) return x
  }
}

/** Draws from the tail beyond the last edge, by exponential numbers. */
function drawTail(state: RandomState, sign: 1 | -1): number {
  while (true) {
    // 1 - u keeps the logarithms finite
    const x = -Math.log(1 - toUnit(nextBits(state))) / tailStart
    const y = -Math.log(1 - toUnit(nextBits(state)))
    if (2 * y > x * x) return sign * (tailStart + x)
  }
}

function edgeOf(strip: number): number {
  return edges[strip] as number // there is one edge more than strips
}
