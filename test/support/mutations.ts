/** Mutations of files: what truncation, bit rot, a careless editor or somebody with bad intent make of a good file. */
import type { Random } from '#main/models/shared/random'

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array

/** Values that readers trip over when they stand where something else is expected. */
const strange = [
  'null',
  '-1',
  '1e999',
  '99999999999999999999',
  '"__proto__"',
  '{"__proto__":{"x":1}}',
  '[[[[[[[[]]]]]]]]',
  '{}',
  '[]',
  '""',
  '"\\ud800"',
  '\u0000',
  '\ufeff',
  '\r',
  '\u2028',
  '\u202e',
  '0\t0\t0',
  'T1\t',
  '#',
  '-DOCSTART-',
  '\\',
  '"',
  '\t',
  '\n\n\n',
].map((text) => new TextEncoder().encode(text))

function splice(bytes: Uint8Array, at: number, length: number, put: Uint8Array): Uint8Array {
  const whole = new Uint8Array(bytes.length - length + put.length)
  whole.set(bytes.subarray(0, at))
  whole.set(put, at)
  whole.set(bytes.subarray(at + length), at + put.length)
  return whole
}

const mutations: readonly Mutation[] = [
  /** Cuts the file off. */
  (bytes, random) => bytes.slice(0, random.integer(bytes.length + 1)),
  /** Changes a byte. */
  (bytes, random) => splice(bytes, random.integer(bytes.length), 1, Uint8Array.of(random.integer(256))),
  /** Takes a stretch out. */
  (bytes, random) => {
    const at = random.integer(bytes.length)
    return splice(bytes, at, Math.min(1 + random.integer(40), bytes.length - at), new Uint8Array())
  },
  /** Repeats a stretch elsewhere. */
  (bytes, random) => {
    const from = random.integer(bytes.length)
    return splice(bytes, random.integer(bytes.length), 0, bytes.slice(from, from + 1 + random.integer(60)))
  },
  /** Puts something strange in. */
  (bytes, random) => {
    const at = random.integer(bytes.length)
    const put = strange[random.integer(strange.length)] ?? new Uint8Array()
    return splice(bytes, at, Math.min(random.integer(4), bytes.length - at), put)
  },
  /** Changes a digit. */
  (bytes, random) => {
    const digits = [...bytes.keys()].filter((place) => (bytes[place] ?? 0) >= 0x30 && (bytes[place] ?? 0) <= 0x39)
    const at = digits[random.integer(Math.max(1, digits.length))]
    return at === undefined ? bytes : splice(bytes, at, 1, Uint8Array.of(0x30 + random.integer(10)))
  },
  /** Swaps two lines. */
  (bytes, random) => {
    const lines = new TextDecoder().decode(bytes).split('\n')
    const [a, b] = [random.integer(lines.length), random.integer(lines.length)]
    return new TextEncoder().encode(
      lines
        .with(a, lines[b] ?? '')
        .with(b, lines[a] ?? '')
        .join('\n'),
    )
  },
]

/** The file after one to three mutations; the same for the same random numbers. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let mutated = bytes
  for (let left = 1 + random.integer(3); left > 0 && mutated.length > 0; left--)
    mutated = mutations[random.integer(mutations.length)]?.(mutated, random) ?? mutated
  return mutated
}
