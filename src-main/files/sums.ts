/**
 * SHA256SUMS: the SHA-256 of each file of a folder, beside them. One line per file, as `sha256sum` writes them, so that
 * `sha256sum -c SHA256SUMS` checks the folder too.
 */

/** Name of the file that holds the sums. */
export const sumsName = 'SHA256SUMS'

/** By file name: 64 lower-case hexadecimal digits. */
export type Sums = ReadonlyMap<string, string>

export function formatSums(sums: Sums): string {
  return [...sums].map(([name, sha256]) => `${sha256}  ${name}\n`).join('')
}

/** @throws Error naming the line that `formatSums` would not have written. */
export function parseSums(text: string): Sums {
  const lines = text.split('\n')
  const rest = lines.pop()
  const sums = new Map<string, string>()
  for (const [at, line] of lines.entries()) {
    const [, sha256, name] = /^([\da-f]{64}) {2}(.+)$/.exec(line) ?? []
    if (sha256 === undefined || name === undefined || sums.has(name))
      throw new Error(`line ${at + 1} is not a SHA-256, two spaces and a new file name`)
    sums.set(name, sha256)
  }
  if (rest !== '') throw new Error(`line ${lines.length + 1} has no end`)
  return sums
}
