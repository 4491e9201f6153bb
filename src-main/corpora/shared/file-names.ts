/** Names of files: what a path ends with, and a name for each Doc of a corpus that is written as a folder. */

/** The last part of a path. */
export function baseName(path: string): string {
  return path.replace(/^.*[\\/]/s, '')
}

/** Names that Windows keeps for devices. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/** Gives each id a name without an ending that any system can hold and that differs from all before it, in more than its case. */
export function createFileNames(): (id: string, endings: RegExp) => string {
  const used = new Set<string>()
  return (id, endings) => {
    const base = baseName(id)
      .replace(endings, '')
      .toWellFormed()
      .replaceAll(/[<>:"|?*\p{Cc}]/gu, '_')
      .replace(/^[. ]+|[. ]+$/g, '')
    const safe = [...(reserved.test(base) ? `_${base}` : base)]
      .slice(0, 100)
      .join('')
      .replace(/[. ]+$/, '')
    const name = safe === '' ? 'document' : safe
    let distinct = name
    for (let number = 2; used.has(distinct.toLowerCase()); number++) distinct = `${name} (${number})`
    used.add(distinct.toLowerCase())
    return distinct
  }
}
