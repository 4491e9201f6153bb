/** Uploads as sources: several of one choice lie beside one another, and nothing else does. */
import { posix } from 'node:path'
import { AppError } from '#main/core/errors'
import type { Source } from '#main/core/source'
import { expandSource } from './expand.ts'
import { kindLeftOut } from './left-out.ts'
import { unpacked } from './packed.ts'
import { pathSource } from './path-source.ts'
import { isPlainName } from './plain-name.ts'
import type { Upload, UploadState } from './upload.ts'
import type { Expanded } from './zip.ts'

/**
 * The sources of one upload: none where a folder was chosen and a file of this name is left out of folders.
 * @param all the uploads of the same choice, among which it finds what lies beside it.
 * @throws AppError naming the upload that did not come whole, or that cannot be read.
 */
export async function expandUpload(upload: Upload, all: readonly Upload[], signal?: AbortSignal): Promise<Expanded> {
  for (const one of all) refusePartial(one.state())
  const { name } = upload.state()
  const kind = kindInFolder(name)
  if (kind !== null) return { sources: [], leftOut: [{ kind, count: 1, names: [name] }] }
  return expandSource(uploadedSource(upload, all), upload.path, signal)
}

function refusePartial({ name, size, received }: UploadState): void {
  if (received < size)
    throw new AppError('invalid-input', `Of ${name} came ${received} of ${size} bytes. Choose the file again.`)
}

function uploadedSource(upload: Upload, all: readonly Upload[]): Source {
  const { name, size } = upload.state()
  return {
    ...pathSource(upload.path, name, size),
    beside(other) {
      const wanted = posix.join(posix.dirname(name), other)
      const found = isPlainName(other) ? all.find((one) => posix.normalize(one.state().name) === wanted) : undefined
      return found ? unpacked(uploadedSource(found, all)) : null
    },
  }
}

/** The kind of a file of a chosen folder that is not read; null for one that is, and for files that were chosen by themselves. */
function kindInFolder(name: string): string | null {
  const parts = name.split('/')
  if (parts.length === 1) return null
  const [kind] = parts.flatMap((part) => kindLeftOut(part) ?? [])
  return kind ?? null
}
