/** Short names for files: the last part of each path, with as much before it as distinguishes it from the others. */

/** One name for each path, in the same order and none of them in `taken`. A number distinguishes equal paths. */
export function distinctNames(paths: readonly string[], taken: ReadonlySet<string> = new Set()): string[] {
  const parts = paths.map((path) => path.split(/[\\/]+/).filter((part) => part !== '' && part !== '.'))
  const lengths = parts.map(() => 1)
  const nameOf = (index: number): string => parts[index]?.slice(-(lengths[index] ?? 1)).join('/') ?? ''
  for (;;) {
    const byName = Map.groupBy(paths.keys(), nameOf)
    const growing = [...byName].flatMap(([name, indices]) =>
      indices.length === 1 && !taken.has(name)
        ? []
        : indices.filter((index) => (lengths[index] ?? 1) < (parts[index]?.length ?? 0)),
    )
    if (growing.length === 0) break
    for (const index of growing) lengths[index] = (lengths[index] ?? 1) + 1
  }
  const used = new Set(taken)
  return paths.map((_, index) => {
    const name = nameOf(index)
    let distinct = name
    for (let number = 2; used.has(distinct); number++) distinct = name.replace(/(?=\.[^./]{1,20}$|$)/, ` (${number})`)
    used.add(distinct)
    return distinct
  })
}
