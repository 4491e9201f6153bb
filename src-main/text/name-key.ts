/**
 * The key under which variants of a name are one: without case, punctuation, white space that differs, an English article at the
 * start, a possessive 's at the end, and forms of the same characters (NFKC). Inflected words stay apart: nothing is stemmed.
 * Symbols and the signs # & . - of "C#", "C++", "AT&T", "3.5" and "-5" tell names apart, so they stay.
 */
export function nameKey(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase()
  const bare = plain
    .replace(/['’]s(?![\p{L}\p{M}\p{N}])/gu, '')
    .replace(/(?<!\d)\.|\.(?!\d)|['’]/gu, '')
    .replace(/(?<![\p{L}\p{M}\p{N}])-(?=\d)/gu, '\u2212') // a minus is a symbol
    .replace(/[^\p{L}\p{M}\p{N}\p{S}#&.]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  return bare.replace(/^(the|an?) (?=\S)/u, '') || plain.trim() || name
}
