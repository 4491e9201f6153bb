/**
 * Which files of an import are the same documents by different annotators: doccano's one file a user, INCEpTION's folder a document,
 * brat's folder an annotator. Names say which files may be, their texts decide.
 */
import { splitNamed } from '#main/document/split-named'

/** The beginning of a file: its first texts, or numbers that equal texts share. */
export interface FileSample {
  readonly name: string
  readonly texts: readonly (string | number)[]
}

export interface GroupedFile {
  /** Index of the file. */
  readonly file: number
  readonly annotator: string
}

/** Files of the same documents; the first gives the annotation that is edited, the others become layers. */
export type FileGroup = readonly GroupedFile[]

/** Number of annotators of one document beyond which files that lie together are taken for different documents. */
const mostAnnotators = 50

/** Indices of files that may hold the same documents, in lists. */
export function candidatesAmong(names: readonly string[]): number[][] {
  const indices = names.map((_, index) => index)
  const lists = [
    ...Map.groupBy(indices, (index) => `${splitOf(names[index])} ${partsOf(names[index]).at(-2) ?? ''}`).values(),
    ...Map.groupBy(indices, (index) => `${splitOf(names[index])} ${partsOf(names[index]).at(-1) ?? ''}`).values(),
  ]
  return lists.filter(({ length }) => length > 1 && length <= mostAnnotators)
}

/** @param samples by index of the file; files without one stay alone. */
export function groupFiles(names: readonly string[], samples: ReadonlyMap<number, FileSample>): FileGroup[] {
  const grouped = new Set<number>()
  const groups: FileGroup[] = []
  for (const candidates of candidatesAmong(names)) {
    const free = candidates.filter((index) => !grouped.has(index) && (samples.get(index)?.texts.length ?? 0) > 0)
    for (const first of free) {
      if (grouped.has(first)) continue
      const own = samples.get(first)
      const same = free.filter((index) => !grouped.has(index) && own && holdSame(own, samples.get(index)))
      if (same.length < 2) continue
      for (const index of same) grouped.add(index)
      groups.push(nameAnnotators(same, names))
    }
  }
  return groups
}

/** Two files hold the same when at least half of the texts of the shorter beginning stand in the other one too. */
function holdSame(one: FileSample, other: FileSample | undefined): boolean {
  const [few, many] = [new Set(one.texts), new Set(other?.texts)].sort((a, b) => a.size - b.size)
  return (
    few !== undefined &&
    many !== undefined &&
    few.size > 0 &&
    [...few].filter((text) => many.has(text)).length * 2 >= few.size
  )
}

/** Names of the files or, where those are equal, of the folders that differ. What was curated comes first, what nobody is named for last. */
function nameAnnotators(files: readonly number[], names: readonly string[]): FileGroup {
  const parts = files.map((file) => partsOf(names[file]))
  const stems = parts.map((path) => (path.at(-1) ?? '').replace(/(?:\.\w+)+$/, ''))
  const depth = Math.max(...parts.map(({ length }) => length))
  const folders = Array.from({ length: depth - 1 }, (_, at) => parts.map((path) => path.at(-2 - at) ?? ''))
  const telling =
    [stems, ...folders].find((list) => new Set(list).size === files.length) ?? parts.map((path) => path.join('/'))
  const named = files.map((file, at) => ({ file, annotator: telling[at] ?? '', rank: rankOf(parts[at] ?? []) }))
  return named.sort((a, b) => a.rank - b.rank || a.file - b.file).map(({ file, annotator }) => ({ file, annotator }))
}

function rankOf(path: readonly string[]): number {
  if (path.some((part) => /curat|gold|adjudicat|consensus/i.test(part))) return 0
  return /^unknown\./i.test(path.at(-1) ?? '') ? 2 : 1
}

const splitOf = (name = ''): string => splitNamed(name) ?? ''
const partsOf = (name = ''): string[] => name.split(/[\\/]/)
