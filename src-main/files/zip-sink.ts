/** Exports that are several files as one zip archive, for a browser, which is given one file. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { folderOfParts } from './folder-sink.ts'
import { naturalKey } from './natural-order.ts'
import type { OpenSink } from './open-sink.ts'
import { unwritable } from './unwritable.ts'

/**
 * A sink whose `beside` gives the members of the archive. They may be written in turns, which an archive could not take,
 * so they wait in a private temporary folder; `finish` packs them into `out` as they are read, and ends it.
 * @param name what messages call the archive.
 */
export async function openZipSink(out: Writable, name: string): Promise<OpenSink> {
  const folder = await mkdtemp(join(tmpdir(), 'espalier-zip-')).catch((error: unknown) =>
    Promise.reject(unwritable(join(tmpdir(), name), error)),
  )
  const { sink, close } = folderOfParts(folder, name)
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  return {
    sink,
    async finish() {
      try {
        await close()
        const zip = new ZipFile()
        const names = (await readdir(folder)).sort((one, other) => (naturalKey(one) < naturalKey(other) ? -1 : 1))
        for (const file of names) zip.addFile(join(folder, file), file)
        zip.end()
        zip.on('error', (error: Error) => out.destroy(error))
        await pipeline(zip.outputStream, out)
      } finally {
        await remove()
      }
    },
    async abandon() {
      await close().catch(() => undefined)
      await remove()
      out.destroy()
    },
  }
}
