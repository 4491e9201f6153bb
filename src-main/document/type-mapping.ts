/** TypeMapping: which types of a corpus the types of a run that learnt from another corpus stand for. */
import {
  thresholdOf,
  type Pass,
  type PredictedSpan,
  type PredictedTriple,
  type Prediction,
  type Reading,
} from './prediction.ts'

/** Types of a run by name; null leaves a type out. A type that is not named is left out too. */
export interface TypeMapping {
  readonly entities: Readonly<Record<string, string | null>>
  readonly relations: Readonly<Record<string, string | null>>
}

/** Names of types, of a run or of a label set. */
export interface TypeNames {
  readonly entities: readonly string[]
  readonly relations: readonly string[]
}

/** Every type stands for the type of the same name, whatever its case and its word borders ("works-for", "Works For"); others are left out. */
export function proposeMapping(from: TypeNames, to: TypeNames): TypeMapping {
  return { entities: propose(from.entities, to.entities), relations: propose(from.relations, to.relations) }
}

function propose(from: readonly string[], to: readonly string[]): Record<string, string | null> {
  const known = new Map(to.toReversed().map((name) => [loose(name), name]))
  return Object.fromEntries(from.map((name) => [name, to.includes(name) ? name : (known.get(loose(name)) ?? null)]))
}

const loose = (name: string): string => name.toLowerCase().replace(/[\s_/:.-]+/gu, '')

/** Types that a mapping leaves out. */
export function leftOutBy({ entities, relations }: TypeMapping): TypeNames {
  const namesOf = (part: TypeMapping['entities']) => Object.keys(part).filter((name) => targetOf(part, name) === null)
  return { entities: namesOf(entities), relations: namesOf(relations) }
}

function targetOf(part: TypeMapping['entities'], name: string): string | null {
  return Object.hasOwn(part, name) ? (part[name] ?? null) : null
}

/** The prediction in the types of the other corpus; what has a type that is left out is not predicted. Of doubles the most probable stays. */
export function mapPrediction(prediction: Prediction, mapping: TypeMapping): Prediction {
  const { early, thresholds, ...rest } = prediction
  const mapped = Object.keys(thresholds ?? {}).flatMap((type) => {
    const to = targetOf(mapping.relations, type)
    return to === null ? [] : [[to, thresholdOf(prediction, type)] as const]
  })
  return {
    ...rest,
    ...mapPass(prediction, prediction, mapping),
    early: early && mapPass(early, prediction, mapping),
    ...(thresholds && { thresholds: leastByName(mapped) }),
  }
}

function mapPass(pass: Pass, reading: Reading, { entities, relations }: TypeMapping): Pass {
  const inEntity = (span: PredictedSpan) => renamed(span, 'label', entities)
  const ends = ({ subject, object, ...rest }: PredictedTriple): PredictedTriple[] => {
    const [from, to] = [renamed(subject, 'label', entities)[0], renamed(object, 'label', entities)[0]]
    return from && to ? renamed({ ...rest, subject: from, object: to }, 'type', relations) : []
  }
  // where two types become one, the threshold of each still holds for its own cells
  const isFound = <Found extends { readonly type: string; readonly probability: number }>(one: Found) =>
    reading.thresholds === undefined || one.probability >= thresholdOf(reading, one.type)
  return {
    tags: pass.tags.map((tag) => mapTag(tag, entities)),
    spans: mostProbable(pass.spans.flatMap(inEntity), ({ start, end, label }) => `${start}:${end}:${label}`),
    cells: mostProbable(
      pass.cells.filter(isFound).flatMap((cell) => renamed(cell, 'type', relations)),
      ({ subject, type, object }) => `${subject}|${type}|${object}`,
    ),
    ...(pass.triples && { triples: pass.triples.filter(isFound).flatMap(ends) }),
  }
}

/** The item under the name that its type stands for, in a list; an empty list where the type is left out. */
function renamed<Key extends 'label' | 'type', Item extends Readonly<Record<Key, string>>>(
  item: Item,
  key: Key,
  part: TypeMapping['entities'],
): Item[] {
  const to = targetOf(part, item[key])
  return to === null ? [] : [{ ...item, [key]: to }]
}

/** `B-PER` becomes `B-PERSON`, or `O` where the type is left out; a tag without a type stays. */
function mapTag(tag: string, entities: TypeMapping['entities']): string {
  const dash = tag.indexOf('-')
  if (dash < 0) return tag
  const to = targetOf(entities, tag.slice(dash + 1))
  return to === null ? 'O' : `${tag.slice(0, dash)}-${to}`
}

function mostProbable<Item extends { readonly probability: number }>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): Item[] {
  const byKey = new Map<string, Item>()
  for (const item of items) {
    const known = byKey.get(keyOf(item))
    if (!known || known.probability < item.probability) byKey.set(keyOf(item), item)
  }
  return [...byKey.values()]
}

function leastByName(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  const least = new Map<string, number>()
  for (const [name, value] of pairs) least.set(name, Math.min(least.get(name) ?? value, value))
  return Object.fromEntries(least)
}
