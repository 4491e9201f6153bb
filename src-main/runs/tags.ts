/** Tags of runs: short words by which people find them again. */

/** Number of characters that a tag may have, and of tags that a run may have. */
export const mostInTag = 40
export const mostTags = 20

/** Reads tags as they are typed: "paper, table 6" → ["paper", "table 6"], repeats left out. */
export function parseTags(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim().replaceAll(/\s+/g, ' '))
  return [...new Set(parts.filter((part) => part !== ''))]
}

/** All tags of runs, sorted. */
export function tagsOf(runs: readonly { readonly tags?: readonly string[] }[]): string[] {
  return [...new Set(runs.flatMap(({ tags = [] }) => tags))].sort((a, b) => a.localeCompare(b, 'en'))
}
