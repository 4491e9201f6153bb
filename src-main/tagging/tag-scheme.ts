/** TagScheme as data: BIOES prefixes, legal successors, and the index of each tag. */
import type { LabelSet } from '#main/labels/label-set'

/** Prefixes in the order of an untyped tag set, `O B I E S`; a typed set is O plus these four per type. */
export const prefixes = ['B', 'I', 'E', 'S'] as const
export type Prefix = (typeof prefixes)[number]

export interface Tag {
  readonly prefix: Prefix | 'O'
  /** Entity type; empty for O and in untyped sets. */
  readonly label: string
}

/** Tag names of a label set: `O B I E S` when it has at most one entity type, else O plus four per type. */
export function tagNames(labels: Pick<LabelSet, 'entityTypes'>): string[] {
  const types = labels.entityTypes.map(({ name }) => name)
  return types.length <= 1 ? ['O', ...prefixes] : ['O', ...types.flatMap((type) => prefixes.map((p) => `${p}-${type}`))]
}

export function parseTag(name: string): Tag {
  const dash = name.indexOf('-')
  const prefix = (dash < 0 ? name : name.slice(0, dash)) as Tag['prefix'] // tag names come from tagNames
  return { prefix, label: dash < 0 ? '' : name.slice(dash + 1) }
}

export function tagName(prefix: Tag['prefix'], label: string): string {
  return prefix === 'O' || label === '' ? prefix : `${prefix}-${label}`
}

/** Whether `next` may follow `previous`; null stands for the border of the sentence on either side. */
export function isLegalTransition(previous: Tag | null, next: Tag | null): boolean {
  const isOpen = previous?.prefix === 'B' || previous?.prefix === 'I'
  const continues = next?.prefix === 'I' || next?.prefix === 'E'
  return isOpen === continues && (!isOpen || previous.label === next?.label)
}
