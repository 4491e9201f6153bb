/** The names of the types of a label set, and label sets with further types. */
import type { TypeMapping, TypeNames } from '#main/document/type-mapping'
import { addType, typesOf, type LabelKind } from './edit-labels.ts'
import type { LabelSet } from './label-set.ts'

export function typeNames({ entityTypes, relationTypes }: LabelSet): TypeNames {
  return { entities: entityTypes.map(({ name }) => name), relations: relationTypes.map(({ name }) => name) }
}

/** The label set with each of these types that it lacks; the very same set where it lacks none. */
export function withTypes(labels: LabelSet, { entities, relations }: TypeNames): LabelSet {
  const add = (kind: LabelKind) => (set: LabelSet, name: string) =>
    typesOf(set, kind).some((known) => known.name === name) ? set : addType(set, kind, name)
  return relations.reduce(add('relation'), entities.reduce(add('entity'), labels))
}

/** The types that those of a run stand for. */
export function targetsOf({ entities, relations }: TypeMapping): TypeNames {
  const kept = (part: TypeMapping['entities']) => Object.values(part).filter((name) => name !== null)
  return { entities: kept(entities), relations: kept(relations) }
}
