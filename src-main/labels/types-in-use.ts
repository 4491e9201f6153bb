/** The label set of a model: types that training never shows are not learnt, and do not enter its output. */
import type { LabelSet } from './label-set.ts'

/** The types of a label set that a text uses. A single entity type stays: spans of a corpus without types need not name it. */
export function inUse(labels: LabelSet, entityTypes: Iterable<string>, relationTypes: Iterable<string>): LabelSet {
  const [entities, relations] = [new Set(entityTypes), new Set(relationTypes)]
  return {
    ...labels,
    entityTypes:
      labels.entityTypes.length <= 1 ? labels.entityTypes : labels.entityTypes.filter(({ name }) => entities.has(name)),
    relationTypes: labels.relationTypes.filter(({ name }) => relations.has(name)),
  }
}

/** Names of the types of `all` that `used` lacks. */
export function unusedTypes(all: LabelSet, used: LabelSet): string[] {
  const known = new Set([...used.entityTypes, ...used.relationTypes].map(({ name }) => name))
  return [...all.entityTypes, ...all.relationTypes].map(({ name }) => name).filter((name) => !known.has(name))
}
