/** Shards: a share of many files, by their names alone, so that machines that see the same folder take different ones. */
import { createHash } from 'node:crypto'
import { isPattern } from './glob.ts'

export interface Shard {
  /** From 1 to `of`. */
  readonly number: number
  readonly of: number
}

/** "2/8"; null for anything else. */
export function parseShard(text: string): Shard | null {
  const [, number = 0, of = 0] = (/^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? []).map(Number)
  return number >= 1 && number <= of ? { number, of } : null
}

/**
 * A file belongs to a shard by the SHA-256 of its name, which is the same wherever the folder lies.
 * @param named what a person named: the folder, pattern or archive that the file is in, or the file.
 */
export function isInShard({ number, of }: Shard, named: string, file: string): boolean {
  const digest = createHash('sha256').update(nameWithin(named, file)).digest()
  return digest.readUInt32BE(0) % of === number - 1
}

/** The name of a file within what was named, with `/`: "a/b.txt" of "texts/a/b.txt" in "texts" and in the pattern "texts/**". */
export function nameWithin(named: string, file: string): string {
  const plain = (path: string): string => path.replaceAll('\\', '/')
  const folder = isPattern(named)
    ? (/^[^*?[{]*[/]/.exec(plain(named))?.[0] ?? '')
    : `${plain(named).replace(/\/+$/, '')}/`
  const name = plain(file)
  return name.startsWith(folder) && name.length > folder.length ? name.slice(folder.length) : name.replace(/^.*\//, '')
}
