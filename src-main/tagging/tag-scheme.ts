/** TagScheme as data: BIOES prefixes, which tag may follow which, and the index of each tag. */
import type { LabelSet } from '#main/labels/label-set'

/** Untyped order of model.md 7; typed sets are O plus B I E S per type. */
export const prefixes = ['B', 'I', 'E', 'S'] as const
export type Prefix = (typeof prefixes)[number]

export interface Tag {
  readonly prefix: Prefix | 'O'
  /** Entity type; empty for O and in untyped sets. */
  readonly label: string
}

/** Tag names for a label set: `O B I E S` when it has at most one entity type, else O plus four per type. */
export function tagNames(labels: Pick<LabelSet, 'entityTypes'>): string[] {
  const types = labels.entityTypes.map(({ name }) => name)
  return types.length <= 1 ? ['O', ...prefixes] : ['O', ...types.flatMap((type) => prefixes.map((p) => `${p}-${type}`))]
}

export function parseTag(name: string): Tag {
  const dash = name.indexOf('-')
  const prefix = (dash < 0 ? name : name.slice(0, dash)) as Tag['prefix'] // tag names are written by tagNames
  return { prefix, label: dash < 0 ? '' : name.slice(dash + 1) }
}

export function tagName(prefix: Tag['prefix'], label: string): string {
  return prefix === 'O' || label === '' ? prefix : `${prefix}-${label}`
}

/** May `next` follow `previous`? null stands for the sentence's border on either side. */
export function isLegalTransition(previous: Tag | null, next: Tag | null): boolean {
  const isOpen = previous?.prefix === 'B' || previous?.prefix === 'I'
  const continues = next?.prefix === 'I' || next?.prefix === 'E'
  return isOpen === continues && (!isOpen || previous.label === next?.label)
}
