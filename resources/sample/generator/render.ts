/** From a clause with slots, or a marked sentence, to a text with typed spans and relations between them. */
import type { Random } from '#main/models/shared/random'
import type { EntityTypeName, RelationName } from './labels.ts'
import { fillers } from './templates.ts'

export interface RenderedEntity {
  readonly slot: string
  readonly text: string
  readonly type: EntityTypeName
}

export interface Rendered {
  /** Entities stand as their slot between \u0001 and \u0002 until the sentence is whole. */
  readonly text: string
  readonly entities: readonly RenderedEntity[]
  /** By slot. */
  readonly triples: readonly (readonly [string, RelationName, string])[]
}

const typeOfSlot: Readonly<Record<string, EntityTypeName>> = {
  P: 'PERSON',
  Q: 'PERSON',
  R: 'PERSON',
  C: 'COMPANY',
  D: 'COMPANY',
  E: 'COMPANY',
  L: 'PLACE',
  M: 'PLACE',
  N: 'PLACE',
  W: 'WORK',
  V: 'WORK',
}

/** `suffix` keeps the slots of two clauses of one sentence apart. */
export function renderClause(
  clause: string,
  suffix: string,
  random: Random,
  nameOf: (type: EntityTypeName) => string,
): Rendered {
  const [pattern = '', stated = ''] = clause.split('|')
  const entities: RenderedEntity[] = []
  const text = pattern.trim().replaceAll(/\{(\w+)\}/g, (_, slot: string) => {
    const type = typeOfSlot[slot]
    if (!type) return fill(slot, random)
    const name = slot + suffix
    entities.push({ slot: name, text: nameOf(type), type })
    return `\u0001${name}\u0002`
  })
  const triples = stated
    .split(';')
    .map((part) => part.trim().split(' '))
    .filter(([subject]) => subject)
    .map(([subject = '', relation = '', object = '']) => [subject + suffix, relation, object + suffix] as const)
  return { text, entities, triples: triples as Rendered['triples'] } // the relations are those of labels.ts, as a test proves
}

/** A word for {goods}, {trade}, {month} or {year}. */
export function fill(slot: string, random: Random): string {
  const words = fillers[slot]
  const word = words?.[random.integer(words.length)]
  if (word === undefined) throw new Error(`There are no words for the slot {${slot}}`)
  return word
}

/** A handwritten sentence: its marks are the entities. */
export function renderMarked(marked: string, stated: readonly string[]): Rendered {
  const entities: RenderedEntity[] = []
  const text = marked.replaceAll(/\[([^|\]]+)\|(\w+)\]/g, (_, name: string, type: EntityTypeName) => {
    entities.push({ slot: name, text: name, type })
    return `\u0001${name}\u0002`
  })
  const triples = stated.map((triple) => triple.split(' > ') as [string, RelationName, string]) // as a test proves
  return { text, entities, triples }
}
