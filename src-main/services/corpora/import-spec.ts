/** ImportSpec and ImportCursor: the task of an import and its progress, as its job keeps them. */
import { statSync } from 'node:fs'
import type { CallInputs } from '#main/api/handlers'
import type { Json } from '#main/core/json'
import type { Job } from '#main/jobs/job'
import type { TextPrefix } from './text-prefix.ts'
import { refuseChanged } from './text-prefix.ts'

export type ImportRequest = CallInputs['corpora']['import']

export interface ImportSpec {
  readonly request: ImportRequest
  /** Size and time of change of each file that is at a path, when the import began; null for uploads, folders and patterns. */
  readonly stamps: readonly (FileStamp | null)[]
  /** Set where a person wants to look at the files before they are imported. */
  readonly isPreview?: boolean
}

interface FileStamp {
  readonly size: number
  readonly mtimeMs: number
}

/** Everything that is written up to a moment; what was written after it is removed before the import goes on. */
export interface ImportCursor {
  /** The corpus out of sight. */
  readonly stagingId: number
  /** Number of docs that were read and written, and the id of the last row. */
  readonly docs: number
  readonly lastDocId: number
  /** SHA-256 of the files that are done, in the order in which they are read. */
  readonly done: readonly string[]
  /** Beginnings of the files that are being read. */
  readonly open: readonly TextPrefix[]
  readonly isPublished: boolean
  /** True for an import that waits for a person at its end. An import may take over what a preview of the same files began, and the other way round. */
  readonly isPreview?: boolean
}

export function specOf(request: ImportRequest, isPreview: boolean): ImportSpec {
  return { isPreview, request, stamps: request.files.map(({ file }) => ('path' in file ? stampOf(file.path) : null)) }
}

/** Two specs are the same when they do the same with the same files. */
export function isSameSpec(one: ImportSpec, other: ImportSpec): boolean {
  const keyOf = ({ request: { taskId: _, ...request }, stamps }: ImportSpec): string => {
    const sorted = Object.entries(request).sort(([a], [b]) => (a < b ? -1 : 1))
    return JSON.stringify([sorted, stamps])
  }
  return keyOf(one) === keyOf(other)
}

/** @throws AppError naming a file that is not what it was. */
export function refuseOtherFiles({ request, stamps }: ImportSpec): void {
  for (const [index, { file }] of request.files.entries()) {
    const stamp = stamps[index]
    if (!stamp || !('path' in file)) continue
    const now = stampOf(file.path)
    // a file that is gone is named when it is opened
    if (now && (now.size !== stamp.size || now.mtimeMs !== stamp.mtimeMs)) refuseChanged(file.name ?? file.path)
  }
}

function stampOf(path: string): FileStamp | null {
  const found = statSync(path, { throwIfNoEntry: false })
  return found?.isFile() ? { size: found.size, mtimeMs: found.mtimeMs } : null
}

export const toJson = (value: ImportSpec | ImportCursor): Json => JSON.parse(JSON.stringify(value)) as Json // plain data

/** The spec of a job of the kind "import". */
export const specOfJob = ({ spec }: Pick<Job, 'spec'>): ImportSpec => spec as unknown as ImportSpec // written from one

/** The cursor of a job of the kind "import". */
export const cursorOf = (cursor: Json): ImportCursor | null => cursor as unknown as ImportCursor | null // written from one

/** A job is that of a preview when it came no further than what a person was to look at. */
export function isPreviewJob({ spec, cursor }: Pick<Job, 'spec' | 'cursor'>): boolean {
  return cursorOf(cursor)?.isPreview ?? specOfJob({ spec }).isPreview ?? false
}

/** The name of the job: the files and where they go. */
export function titleOf({ files, corpus }: ImportRequest, isPreview: boolean): string {
  const named = files.map(({ file }) => ('path' in file ? file.path : file.name).replace(/^.*[\\/]/, ''))
  const what = named.length > 3 ? `${named.length} files` : named.join(', ')
  return isPreview ? `preview of ${what} for ${corpus}` : `import ${what} into ${corpus}`
}
