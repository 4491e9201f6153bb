/** Repair of a tag sequence: the legal sequence that changes the fewest tags. */
import { isLegalTransition, parseTag, prefixes, tagName, type Tag } from './tag-scheme.ts'

interface RepairedTags {
  readonly tags: string[]
  /** Indices of the tokens, besides the one asked for, whose tag had to change; ascending. */
  readonly repaired: number[]
}

/**
 * Gives token `index` the tag `tag` and repairs the others. Returns null when no legal sequence of this length allows
 * the tag: B or I on the last token, I or E on the first.
 */
export function setTag(tags: readonly string[], index: number, tag: string): RepairedTags | null {
  const asked = tags.map((current, token) => (token === index ? tag : current))
  const legal = nearestLegal(asked, index)
  if (!legal) return null
  return { tags: legal, repaired: legal.flatMap((name, token) => (name === asked[token] ? [] : [token])) }
}

interface Cost {
  /** Weighted number of changes from here to the end of the sentence; Infinity where no legal sequence leads on. */
  readonly cost: number
  /** Choice for the next token, as an index into the candidates. */
  readonly next: number
}

/** Dynamic programming from the last token to the first; the tag at `fixed` may not change. */
function nearestLegal(tags: readonly string[], fixed: number): string[] | null {
  const wanted = tags.map(parseTag)
  const labels = [...new Set(wanted.filter(({ prefix }) => prefix !== 'O').map(({ label }) => label))]
  const candidates: Tag[] = [
    { prefix: 'O', label: '' },
    ...labels.flatMap((label) => prefixes.map((prefix) => ({ prefix, label }))),
  ]
  let ahead: Cost[] = candidates.map((tag) => ({ cost: isLegalTransition(tag, null) ? 0 : Infinity, next: -1 }))
  const choices: Cost[][] = []
  for (let token = wanted.length - 1; token >= 0; token--) {
    const here = ahead.map(({ cost }, index) => cost + costOf(candidates[index], wanted[token], token, fixed))
    choices.unshift(ahead)
    ahead = [null, ...candidates].map((previous) => best(here, candidates, previous))
    const [first, ...rest] = ahead
    ahead = rest
    if (token === 0) return follow(first, choices, candidates)
  }
  return []
}

function best(costs: readonly number[], candidates: readonly Tag[], previous: Tag | null): Cost {
  let choice: Cost = { cost: Infinity, next: -1 }
  candidates.forEach((tag, index) => {
    const cost = costs[index] ?? Infinity
    if (cost < choice.cost && isLegalTransition(previous, tag)) choice = { cost, next: index }
  })
  return choice
}

function follow(first: Cost | undefined, choices: readonly Cost[][], candidates: readonly Tag[]): string[] | null {
  if (!first || first.cost === Infinity) return null
  let choice: Cost | undefined = first
  return choices.map((ahead) => {
    const tag = candidates[choice?.next ?? 0]
    choice = ahead[choice?.next ?? 0]
    return tag ? tagName(tag.prefix, tag.label) : 'O'
  })
}

/**
 * Cost of a tag: 0 for the present one, about 1 for a change. Small additions decide between equal numbers of changes:
 * another type or another prefix is cheaper than both, both are cheaper than adding or removing a span, and changes
 * near `fixed` are cheaper than distant ones.
 */
function costOf(tag: Tag | undefined, wanted: Tag | undefined, token: number, fixed: number): number {
  if (!tag || !wanted) return Infinity
  const isSame = tag.prefix === wanted.prefix && tag.label === wanted.label
  if (isSame) return 0
  if (token === fixed) return Infinity
  const kind =
    tag.prefix === 'O' || wanted.prefix === 'O'
      ? 4
      : (tag.prefix === wanted.prefix ? 0 : 2) + (tag.label === wanted.label ? 0 : 1)
  return 1 + kind * 1e-4 + Math.min(Math.abs(token - fixed), 90) * 1e-6
}
