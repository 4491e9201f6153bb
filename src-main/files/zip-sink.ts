/** Exports that are several files as one zip archive, for a browser, which is given one file. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { folderOfParts } from './folder-sink.ts'
import type { OpenSink } from './open-sink.ts'
import { packFolder } from './pack-folder.ts'
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
        await packFolder(folder, out)
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
