/** Uploads as sources: several of one choice lie beside one another, and nothing else does. */
import { posix } from 'node:path'
import { AppError } from '#main/core/errors'
import type { Source } from '#main/core/source'
import { expandSource } from './expand.ts'
import { createTally, kindLeftOut, nothingToRead } from './left-out.ts'
import { unpacked } from './packed.ts'
import { pathSource } from './path-source.ts'
import { isPlainName } from './plain-name.ts'
import type { Upload } from './upload.ts'
import type { Expanded } from './zip.ts'

/** @throws AppError naming the upload that did not come whole, or that cannot be read. */
export async function expandUploads(uploads: readonly Upload[], signal?: AbortSignal): Promise<Expanded> {
  const tally = createTally()
  const sources: Source[] = []
  for (const upload of uploads) {
    const { name, size, received } = upload.state()
    if (received < size)
      throw new AppError('invalid-input', `Of ${name} came ${received} of ${size} bytes. Choose the file again.`)
    const kind = kindInFolder(name)
    if (kind !== null) tally.add(kind, name)
    else {
      const expanded = await expandSource(uploadedSource(upload, uploads), upload.path, signal)
      sources.push(...expanded.sources)
      tally.merge(expanded.leftOut)
    }
  }
  if (sources.length === 0) throw nothingToRead(uploads[0]?.state().name ?? 'The upload', tally.list())
  return { sources, leftOut: tally.list() }
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
