/** Exports that are a folder: written beside its place under a temporary name, and published by renaming it. */
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '#main/core/errors'
import { syncFolder } from './atomic.ts'
import { putInPlace, refuseOccupied } from './folder-place.ts'
import { createSinks, type OpenSink, type SinkOptions } from './open-sink.ts'
import { createPartFile, OpenFiles, pathBeside, type PartFile } from './part-file.ts'
import { unwritable } from './unwritable.ts'

const usualModes = { file: 0o666, folder: 0o777 }

/**
 * A sink whose `beside` gives the files of the folder; the sink itself takes no text. A folder that is there may be empty.
 * @throws AppError when the folder above is missing or may not be written to, or when something is there that may not be replaced.
 */
export async function openFolderSink(path: string, options: SinkOptions = {}): Promise<OpenSink> {
  const target = resolve(path) // a separator at its end is none of its name
  const coming = pathBeside(target, 'part')
  await refuseOccupied(path, options)
  await rm(coming, { recursive: true, force: true })
  await mkdir(coming, { mode: usualModes.folder }).catch((error: unknown) => Promise.reject(unwritable(path, error)))
  const { sink, close } = folderOfParts(coming, path)
  const abandon = async (): Promise<void> => {
    await close().catch(() => undefined)
    await rm(coming, { recursive: true, force: true })
  }
  return {
    ...{ sink, abandon },
    async finish() {
      try {
        await close()
        await syncFolder(coming)
        await refuseOccupied(path, options)
        await putInPlace(coming, target).catch((error: unknown) => Promise.reject(unwritable(path, error)))
      } catch (error) {
        await abandon()
        throw error
      }
    },
  }
}

/** Files of a folder that exists; `close` brings all of them to the disk. `name` is what messages call the folder. */
export function folderOfParts(
  folder: string,
  name: string,
): { readonly sink: OpenSink['sink']; close(): Promise<void> } {
  const files = new OpenFiles()
  const parts: PartFile[] = []
  const find = createSinks((file) => {
    const part = createPartFile(join(folder, file), join(name, file), usualModes.file, files)
    parts.push(part)
    return part
  })
  return {
    sink: {
      write: () => Promise.reject(new AppError('internal', `${name} is a folder: its files take text, it does not.`)),
      beside: (file) => find(file).sink,
    },
    async close() {
      for (const part of parts) await part.close()
    },
  }
}
