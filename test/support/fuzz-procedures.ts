/** Calls procedures with inputs made from their schemas, and with hostile values in places of them. */
import path from 'node:path'
import { ORPCError } from '@orpc/client'
import { contract } from '#main/api/contract'
import type { Client } from '#main/api/router'
import { createRandom } from '#main/models/shared/random'

/** What a schema of zod says of itself, as far as inputs are made from it. */
interface Definition {
  readonly type: string
  readonly shape?: Record<string, Schema>
  readonly element?: Schema
  readonly innerType?: Schema
  readonly in?: Schema
  readonly options?: readonly Schema[]
  readonly valueType?: Schema
  readonly entries?: Record<string, string>
  readonly values?: readonly unknown[]
  readonly items?: readonly Schema[]
}
interface Schema {
  readonly _zod: { readonly def: Definition }
}

type Call = (input: unknown, options: { readonly signal: AbortSignal }) => Promise<unknown>

const patienceMs = 20_000

type Random = ReturnType<typeof createRandom>

export interface FuzzOutcome {
  readonly procedure: string
  readonly outcome: 'answered' | 'refused by the schema' | 'refused in a sentence'
}

/** Procedures that would compute for minutes on a valid input, or end what is open. */
const withoutValidIds = new Set([
  'runs.start',
  'experiments.start',
  'extraction.start',
  'runs.estimate',
  'experiments.estimate',
])
const never = new Set([
  'system.events',
  'system.measure',
  'system.doctor',
  'system.report',
  'workspaces.open',
  'workspaces.putBack',
])

/** Names of all procedures that are called. */
export const fuzzed = Object.entries(contract).flatMap(([noun, verbs]) =>
  Object.keys(verbs)
    .map((verb) => `${noun}.${verb}`)
    .filter((name) => !never.has(name)),
)

/**
 * One call. Whatever is sent, the answer is one of the contract or a sentence of ours.
 * @param home folder below which all paths lie that an input may name.
 * @throws Error naming the procedure and the input where it failed in another way.
 */
export async function callFuzzed(client: Client, number: number, home: string): Promise<FuzzOutcome> {
  const random = createRandom(number)
  const procedure = fuzzed[random.integer(fuzzed.length)] ?? ''
  const [noun = '', verb = ''] = procedure.split('.')
  const definition = Reflect.get(Reflect.get(contract, noun) as object, verb) as {
    readonly '~orpc': { readonly inputSchema?: Schema }
  }
  const schema = definition['~orpc'].inputSchema
  const make = makerOf(random, home, !withoutValidIds.has(procedure))
  const input = schema ? make(schema, '') : hostileValue(random, home)
  const call = Reflect.get(Reflect.get(client, noun) as object, verb) as Call
  const signal = AbortSignal.timeout(patienceMs) // a file that another program is said to write is waited for
  try {
    await call(input, { signal })
    return { procedure, outcome: 'answered' }
  } catch (error) {
    if (signal.aborted) return { procedure, outcome: 'refused in a sentence' }
    if (error instanceof ORPCError && error.code === 'BAD_REQUEST')
      return { procedure, outcome: 'refused by the schema' }
    const code = error instanceof ORPCError ? (error.data as { readonly code?: string } | undefined)?.code : undefined
    if (code !== undefined && code !== 'internal') return { procedure, outcome: 'refused in a sentence' }
    throw new Error(`${procedure} with ${JSON.stringify(input)?.slice(0, 500)} (input ${number}): ${String(error)}`, {
      cause: error,
    })
  }
}

/** A value in ten is a hostile one. */
function makerOf(random: Random, home: string, mayKnow: boolean): (schema: Schema, name: string) => unknown {
  const pick = <T>(values: readonly T[]): T | undefined => values[random.integer(values.length)]
  return function make({ _zod: { def } }, name): unknown {
    if (random.integer(10) === 0) return hostileValue(random, home)
    switch (def.type) {
      case 'object':
        return Object.fromEntries(Object.entries(def.shape ?? {}).map(([key, value]) => [key, make(value, key)]))
      case 'array':
        return Array.from({ length: random.integer(4) }, () => def.element && make(def.element, name))
      case 'tuple':
        return def.items?.map((item) => make(item, name))
      case 'record':
        return def.valueType ? { [pick(['a', '__proto__', '']) ?? '']: make(def.valueType, name) } : {}
      case 'union':
        return make(pick(def.options ?? []) ?? { _zod: { def: { type: 'never' } } }, name)
      case 'enum':
        return pick(Object.values(def.entries ?? {}))
      case 'literal':
        return pick(def.values ?? [])
      case 'optional':
        return random.integer(2) === 0 || !def.innerType ? undefined : make(def.innerType, name)
      case 'nullable':
        return random.integer(2) === 0 || !def.innerType ? null : make(def.innerType, name)
      case 'default':
      case 'prefault':
      case 'readonly':
      case 'catch':
      case 'nonoptional':
        return def.innerType && make(def.innerType, name)
      case 'pipe':
        return def.in && make(def.in, name)
      case 'boolean':
        return random.integer(2) === 0
      case 'number':
      case 'int':
        return mayKnow ? (pick([0, 1, 2, 3, 10, 1000]) ?? 0) : 987_654
      case 'string':
        return /path|place|folder|from|into|output/i.test(name)
          ? path.join(home, pick(['a', 'b.zip', 'c/d', 'e.jsonl']) ?? '')
          : (pick(['x', 'train', 'Ada', 'a b', '1']) ?? '')
      default:
        return hostileValue(random, home)
    }
  }
}

/** Values that break what takes them for something else. No path leads out of `home` to anything that could be written. */
function hostileValue(random: Random, home: string): unknown {
  const values: readonly unknown[] = [
    ...[
      null,
      undefined,
      '',
      ' ',
      '\0',
      '__proto__',
      'constructor',
      '\uD800',
      '\u202E',
      'x'.repeat(20_000),
      "'; DROP TABLE span; --",
    ],
    ...[
      -1,
      0,
      1e308,
      -0.5,
      Number.MAX_SAFE_INTEGER,
      2 ** 53,
      NaN,
      Infinity,
      true,
      [],
      {},
      [[[[[]]]]],
      { __proto__: null },
    ],
    ...[
      '../../../nowhere',
      `${home}/\0`,
      `${home}/${'y'.repeat(300)}`,
      '/dev/null/nowhere',
      { constructor: { prototype: 1 } },
    ],
    ...[Array.from({ length: 2000 }, () => 1), { a: { b: { c: [1, 'x', null] } } }, 'NaN', '1e999', '%s%n', '\r\n\r\n'],
  ]
  return values[random.integer(values.length)]
}
