/** Edits of a label set, as pure functions of one act each. They leave the annotations of the corpus alone. */
import type { EntityType, LabelSet, RelationType, Signature } from './label-set.ts'

export type LabelKind = 'entity' | 'relation'

/** A type of either kind. */
export type LabelType = EntityType & RelationType

/** The parts of a type that may be changed besides its name; null removes a part. */
export interface TypePart {
  readonly hue?: number | null
  readonly key?: string | null
  readonly guideline?: string | null
  /** Of relation types. */
  readonly symmetric?: true | null
}

/** Adds a type at the end. @throws Error when the name is empty or taken. */
export function addType(labels: LabelSet, kind: LabelKind, name: string): LabelSet {
  const wanted = name.trim()
  if (wanted === '') throw new Error('A type needs a name.')
  if (typesOf(labels, kind).some((type) => type.name === wanted))
    throw new Error(`${wanted} is there already: choose another name.`)
  return withTypes(labels, kind, [...typesOf(labels, kind), { name: wanted }])
}

/** Takes a type out, with the signatures that name it. */
export function removeType(labels: LabelSet, kind: LabelKind, name: string): LabelSet {
  const left = withTypes(
    labels,
    kind,
    typesOf(labels, kind).filter((type) => type.name !== name),
  )
  return { ...left, signatures: left.signatures.filter((signature) => !namesOf(signature, kind).includes(name)) }
}

/** Moves a type by a number of places, at most to an end of the list. */
export function moveType(labels: LabelSet, kind: LabelKind, name: string, by: number): LabelSet {
  const types = typesOf(labels, kind)
  const from = types.findIndex((type) => type.name === name)
  const type = types[from]
  if (!type) return labels
  const rest = types.filter((other) => other !== type)
  return withTypes(labels, kind, rest.toSpliced(Math.max(0, Math.min(from + by, rest.length)), 0, type))
}

export function changeType(labels: LabelSet, kind: LabelKind, name: string, part: TypePart): LabelSet {
  return withTypes(
    labels,
    kind,
    typesOf(labels, kind).map((type) => {
      if (type.name !== name) return type
      const entries = Object.entries({ ...type, ...part }).filter(([, value]) => value !== null)
      return Object.fromEntries(entries) as unknown as EntityType // a type with some fields changed, its name kept
    }),
  )
}

/** Allows a pair that is forbidden, and forbids one that is allowed. The first signature of a relation type forbids all others. */
export function toggleSignature(labels: LabelSet, signature: Signature): LabelSet {
  const left = labels.signatures.filter((other) => !isSameSignature(other, signature))
  const isThere = left.length < labels.signatures.length
  return { ...labels, signatures: isThere ? left : [...labels.signatures, signature] }
}

/**
 * Renames a type, together with its signatures. When the new name exists, the two types are merged: the existing one keeps its
 * place, key and colour. @throws Error when there is no such type or the name is empty.
 */
export function renameType(labels: LabelSet, kind: LabelKind, from: string, to: string): LabelSet {
  const types = typesOf(labels, kind)
  if (to.trim() === '') throw new Error('A type needs a name.')
  if (!types.some(({ name }) => name === from)) throw new Error(`The label set has no ${from}.`)
  const isMerge = types.some(({ name }) => name === to)
  const renamed = isMerge
    ? types.filter(({ name }) => name !== from)
    : types.map((type) => (type.name === from ? { ...type, name: to } : type))
  const rename = (name: string): string => (name === from ? to : name)
  const signatures = labels.signatures.map((signature) =>
    kind === 'relation'
      ? { ...signature, relation: rename(signature.relation) }
      : { ...signature, subject: rename(signature.subject), object: rename(signature.object) },
  )
  // a merged relation type may join anything as soon as one of the two may
  const becomesFree = kind === 'relation' && isMerge && (isFree(labels, from) || isFree(labels, to))
  return {
    ...withTypes(labels, kind, renamed),
    signatures: unique(signatures).filter(({ relation }) => !(becomesFree && relation === to)),
  }
}

export function typesOf(labels: LabelSet, kind: LabelKind): readonly LabelType[] {
  return kind === 'entity' ? labels.entityTypes : labels.relationTypes
}

const isFree = ({ signatures }: LabelSet, relation: string): boolean =>
  signatures.every((signature) => signature.relation !== relation)

function withTypes(labels: LabelSet, kind: LabelKind, types: readonly EntityType[]): LabelSet {
  return kind === 'entity' ? { ...labels, entityTypes: types } : { ...labels, relationTypes: types }
}

function namesOf({ relation, subject, object }: Signature, kind: LabelKind): string[] {
  return kind === 'relation' ? [relation] : [subject, object]
}

function unique(signatures: readonly Signature[]): Signature[] {
  return signatures.filter((one, at) => signatures.findIndex((other) => isSameSignature(one, other)) === at)
}

const isSameSignature = (a: Signature, b: Signature): boolean =>
  a.relation === b.relation && a.subject === b.subject && a.object === b.object
