/** LeftOut: files of a folder or an archive that are not read (hidden ones, configuration, Office documents and the like), counted by kind. */
import { AppError } from '#main/core/errors'

export interface LeftOut {
  /** "hidden files" */
  readonly kind: string
  readonly count: number
  /** The first names of this kind. */
  readonly names: readonly string[]
}

const mostNames = 5

const documents = 'Office and PDF documents'

const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['hidden files', /^(\.|__MACOSX$|~\$)|^(thumbs\.db|desktop\.ini)$/i],
  ['configuration files', /\.(conf|cfg|ini)$/i],
  [documents, /\.(docx?|docm|xlsx?|xlsm|pptx?|odt|ods|odp|rtf|pdf|epub|pages|numbers)$/i],
  [
    'pictures, sounds and films',
    /\.(png|jpe?g|gif|tiff?|bmp|webp|svg|ico|mp3|wav|ogg|flac|mp4|m4a|avi|mov|mkv|webm)$/i,
  ],
]

/** The kind of a file or folder of this name that is not read; null for one that is. `name` has no path. */
export function kindLeftOut(name: string): string | null {
  return kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? null
}

/** A name is that of a document when it ends like those of Office and PDF. */
export function isDocumentName(name: string): boolean {
  return kindLeftOut(name) === documents
}

/** A name is that of an archive when it ends like those of files that hold several others. */
export function isArchiveName(name: string): boolean {
  return /\.(zip|tar|tgz|tbz2?|txz|7z|rar)$|\.tar\.\w+$/i.test(name)
}

export interface Tally {
  add(kind: string, name: string): void
  /** Adds what was counted elsewhere. */
  merge(others: readonly LeftOut[]): void
  list(): readonly LeftOut[]
}

export function createTally(): Tally {
  const found = new Map<string, { readonly count: number; readonly names: readonly string[] }>()
  function addAll({ kind, count, names }: LeftOut): void {
    const known = found.get(kind) ?? { count: 0, names: [] }
    found.set(kind, { count: known.count + count, names: [...known.names, ...names].slice(0, mostNames) })
  }
  return {
    add: (kind, name) => addAll({ kind, count: 1, names: [name] }),
    merge: (others) => others.forEach(addAll),
    list: () => [...found].map(([kind, { count, names }]) => ({ kind, count, names })),
  }
}

/** The error for a folder or an archive in which nothing is read. */
export function nothingToRead(name: string, leftOut: readonly LeftOut[]): AppError {
  const found = leftOut.map(({ kind, count, names }) => `${count} ${kind} such as ${names[0] ?? ''}`).join(', ')
  const what = found === '' ? 'Nothing is there' : `It holds only what is not read: ${found}`
  return new AppError('invalid-input', `${name} has no file to read. ${what}. Check the path, or name other files.`)
}
