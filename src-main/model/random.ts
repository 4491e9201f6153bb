/** Seeded random numbers. A generator is named by integers (seed, step, ...), so a resumed run draws the same again. */

export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number
  /** Standard normal. */
  normal(): number
  /** Uniform integer in [0, below). */
  integer(below: number): number
}

/** The generator of a key; nearby keys give unrelated sequences. */
export function createRandom(...key: readonly number[]): Random {
  const next = sfc32(key)
  const uniform = (): number => next() / 2 ** 32
  let spare: number | null = null
  return {
    uniform,
    integer: (below) => Math.floor(uniform() * below),
    normal() {
      if (spare !== null) {
        const value = spare
        spare = null
        return value
      }
      // Box and Muller; 1 - u keeps the logarithm finite
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
      const angle = 2 * Math.PI * uniform()
      spare = radius * Math.sin(angle)
      return radius * Math.cos(angle)
    },
  }
}

/** Chris Doty-Humphrey's small fast counter generator, 32 bits a call. */
function sfc32(key: readonly number[]): () => number {
  let [a, b, c, counter] = [hash(key, 1), hash(key, 2), hash(key, 3), 1]
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    return result >>> 0
  }
  for (let warmUp = 0; warmUp < 12; warmUp++) next()
  return next
}

/** Mixes integers into 32 bits (the finaliser of MurmurHash3 after every one). */
function hash(key: readonly number[], salt: number): number {
  let mixed = Math.imul(salt, 0x9e3779b1)
  for (const part of key) {
    mixed ^= Math.imul(part | 0, 0x85ebca6b) ^ Math.imul(Math.floor(part / 2 ** 32), 0xc2b2ae35)
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    mixed = (mixed ^ (mixed >>> 16)) + 0x6d2b79f5
  }
  return mixed | 0
}
