/** Exports to a file, and to others beside it: all are published together under their names, or none. */
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#main/core/errors'
import { syncFolder } from './atomic.ts'
import { createSinks, type OpenSink, type SinkOptions, type TextFile } from './open-sink.ts'
import { createPartFile, OpenFiles, pathBeside, type PartFile } from './part-file.ts'
import { openStreamSink } from './stream-sink.ts'
import { alreadyThere, unwritable } from './unwritable.ts'

/** Mode of files that a person asked for; their own mask takes away from it. */
const usualMode = 0o666

/**
 * A sink at the path. A link is followed and stays one, and a file that is replaced keeps its mode. What is no file, such
 * as /dev/stdout or a pipe, gets the text as it comes.
 * @throws AppError when its folder is missing or may not be written to, or when something is there that may not be replaced.
 */
export async function openFileSink(path: string, options: SinkOptions = {}): Promise<OpenSink> {
  const place = await findPlace(path, options)
  if (place.isStream) return openPipeSink(path)
  const files = new OpenFiles()
  const parts: ExportedFile[] = []
  const find = createSinks((name) => {
    const file = createExportedFile(name === basename(path) ? path : join(dirname(path), name), options, files)
    parts.push(file)
    return file
  })
  const { file, sink } = find(basename(path))
  await file.begin()
  const abandon = async (): Promise<void> => {
    for (const part of parts) await part.remove()
  }
  return {
    ...{ sink, abandon },
    async finish() {
      try {
        for (const part of parts) await part.close()
        await publish(parts)
      } catch (error) {
        await abandon()
        throw error
      }
    },
  }
}

interface Place {
  readonly target: string
  readonly mode: number
  readonly isThere: boolean
  /** True for a pipe or a device. */
  readonly isStream: boolean
}

async function findPlace(path: string, { replace = false }: SinkOptions): Promise<Place> {
  const target = await realpath(path).catch(() => path)
  const found = await stat(target).catch(() => null)
  if (found?.isDirectory()) throw new AppError('invalid-input', `${path} is a folder. Name a file to write to.`)
  if (found?.isFile() && !replace) throw alreadyThere(path)
  const mode = found ? found.mode & 0o777 : usualMode
  return { target, mode, isThere: found !== null, isStream: found !== null && !found.isFile() }
}

/** A file of the export, in its place once it is published. */
interface ExportedFile extends TextFile {
  /** Finds its place and makes the file there, under a temporary name. */
  begin(): Promise<void>
  close(): Promise<void>
  remove(): Promise<void>
  /** Puts the file in its place; resolves with what takes that back. */
  publish(isAlone: boolean): Promise<Published>
}

interface Published {
  undo(): Promise<void>
  /** Removes what was replaced. */
  settle(): Promise<void>
}

function createExportedFile(path: string, options: SinkOptions, files: OpenFiles): ExportedFile {
  let begun: Promise<{ readonly place: Place; readonly part: PartFile; readonly coming: string }> | null = null
  function begin(): NonNullable<typeof begun> {
    begun ??= findPlace(path, options).then(async (place) => {
      const coming = pathBeside(place.target, 'part')
      if (place.isStream) throw alreadyThere(path)
      // made at once: a missing folder is told before an hour's work
      await open(coming, 'w', place.mode)
        .then((handle) => handle.close())
        .catch((error: unknown) => Promise.reject(unwritable(path, error)))
      return { place, coming, part: createPartFile(coming, path, place.mode, files) }
    })
    return begun
  }
  return {
    begin: async () => void (await begin()),
    write: async (text) => (await begin()).part.write(text),
    close: async () => (await begin()).part.close(),
    async remove() {
      const made = await begun?.catch(() => null)
      await made?.part.remove()
    },
    async publish(isAlone) {
      const { place, coming } = await begin()
      const { target } = place
      if (!options.replace && (await stat(target).catch(() => null))) throw alreadyThere(path)
      // one rename replaces a single file; several could not be taken back
      const former = place.isThere && !isAlone ? pathBeside(target, 'former') : null
      if (former !== null) await rename(target, former)
      const restore = async (): Promise<void> => {
        if (former !== null) await rename(former, target)
      }
      await rename(coming, target).catch(async (error: unknown) => {
        await restore()
        throw unwritable(path, error)
      })
      return {
        async undo() {
          await rename(target, coming)
          await restore()
        },
        settle: async () => {
          if (former !== null) await rm(former, { force: true })
          await syncFolder(dirname(target))
        },
      }
    },
  }
}

async function publish(parts: readonly ExportedFile[]): Promise<void> {
  const published: Published[] = []
  try {
    for (const part of parts) published.push(await part.publish(parts.length === 1))
  } catch (error) {
    for (const done of published.reverse()) await done.undo()
    throw error
  }
  for (const done of published) await done.settle()
}

/** Detail of the error for a pipe whose reader has seen enough. */
export const readerLeft = 'reader left'

/**
 * A pipe or a device takes what comes; nothing lies beside it.
 * @throws AppError 'cancelled' with the detail `readerLeft` once nobody reads it any more, so that nothing more is made for it.
 */
async function openPipeSink(path: string): Promise<OpenSink> {
  const handle = await open(path, 'w').catch((error: unknown) => Promise.reject(unwritable(path, error)))
  const stream = openStreamSink(handle.createWriteStream(), path)
  const refuseLeft = (): void => {
    if (stream.readerLeft.aborted) throw new AppError('cancelled', `${path} is read no more.`, readerLeft)
  }
  return {
    ...stream,
    sink: {
      ...stream.sink,
      async write(text) {
        await stream.sink.write(text)
        refuseLeft()
      },
    },
    async finish() {
      await stream.finish()
      refuseLeft()
    },
  }
}
