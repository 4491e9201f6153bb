/** LabelSet: the entity types and relation types of a corpus, and which spans a relation type may join. */

export interface EntityType {
  readonly name: string
  /** Index into the label hues of the window; absent means "by position". */
  readonly hue?: number
  /** The key that assigns the type; absent means "by position". */
  readonly key?: string
  /** Text that says when the type applies and when not, with examples; it is shown where the type is chosen. */
  readonly guideline?: string
}

export interface RelationType {
  readonly name: string
  readonly key?: string
  readonly guideline?: string
  /** Set where the direction of a relation says nothing: it is drawn once, and learnt and scored in both directions as one. */
  readonly symmetric?: true
}

/** What an import says of relation types that its file calls symmetric. */
export function remarkOnSymmetric(names: readonly string[]): string {
  return `${names.join(', ')}: symmetric in the file. Of both directions of a relation one is kept, that of the earlier mention, and they are scored as one`
}

/** Names of the relation types without a direction. */
export function symmetricTypes({ relationTypes }: Pick<LabelSet, 'relationTypes'>): string[] {
  return relationTypes.flatMap(({ name, symmetric }) => (symmetric ? [name] : []))
}

/** `relation` may go from a span of type `subject` to one of type `object`. */
export interface Signature {
  readonly relation: string
  readonly subject: string
  readonly object: string
}

export interface LabelSet {
  readonly entityTypes: readonly EntityType[]
  readonly relationTypes: readonly RelationType[]
  /** A relation type without any signature may join anything. */
  readonly signatures: readonly Signature[]
}

/** The one entity type of corpora that do not type their entities. */
export const untypedEntity = 'ENTITY'

export const emptyLabelSet: LabelSet = { entityTypes: [], relationTypes: [], signatures: [] }

/** Relation types allowed from one entity type to another, in the label set's order. */
export function legalRelationTypes(labels: LabelSet, subject: string, object: string): RelationType[] {
  return labels.relationTypes.filter(({ name, symmetric }) => {
    const signatures = labels.signatures.filter(({ relation }) => relation === name)
    const isLegal = (from: string, to: string): boolean => signatures.some((s) => s.subject === from && s.object === to)
    return signatures.length === 0 || isLegal(subject, object) || (symmetric === true && isLegal(object, subject))
  })
}

/** Both label sets together; what the first says of a label wins, and a relation type is symmetric where one of them says so. */
export function mergeLabelSets(first: LabelSet, second: LabelSet): LabelSet {
  return {
    entityTypes: addMissing(first.entityTypes, second.entityTypes, ({ name }) => name),
    relationTypes: addMissing(first.relationTypes, second.relationTypes, ({ name }) => name).map((type) =>
      second.relationTypes.some(({ name, symmetric }) => symmetric && name === type.name)
        ? { ...type, symmetric: true }
        : type,
    ),
    signatures: addMissing(first.signatures, second.signatures, (s) => `${s.relation}\t${s.subject}\t${s.object}`),
  }
}

function addMissing<Item>(first: readonly Item[], second: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const known = new Map<string, Item>()
  for (const item of [...first, ...second]) if (!known.has(keyOf(item))) known.set(keyOf(item), item)
  return [...known.values()]
}
