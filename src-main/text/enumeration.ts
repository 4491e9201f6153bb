/** Enumerations in running text. */

/** "mtl", "mtl and pmei", "mtl, pmei and mtl-sm". */
export function enumerate(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}
