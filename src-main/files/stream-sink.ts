/** Exports to a stream: standard output, a pipe, a download. It takes as much as its reader does. */
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { AppError } from '#main/core/errors'
import type { OpenSink } from './open-sink.ts'
import { unwritable } from './unwritable.ts'

export interface StreamSink extends OpenSink {
  /** Aborted when the reader left early, as "head" does: what is written afterwards goes nowhere, and need not be made. */
  readonly readerLeft: AbortSignal
}

/**
 * @param stream stays open when it is one of the process's own.
 * @param name what messages call it.
 */
export function openStreamSink(stream: Writable, name: string): StreamSink {
  const left = new AbortController()
  let failure: AppError | null = null
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') left.abort()
    else failure ??= unwritable(name, error)
  }
  stream.on('error', onError)
  stream.on('close', () => {
    if (!stream.writableFinished) left.abort()
  })
  const isOver = (): boolean => {
    if (failure) throw failure
    return left.signal.aborted || stream.destroyed
  }
  /** Resolves when the stream took what it was given, or never will. */
  async function drained(): Promise<void> {
    const over = new AbortController()
    const events = ['drain', 'close', 'error'].map((event) => once(stream, event, { signal: over.signal }))
    await Promise.race(events).catch(() => undefined) // an error has its own listener
    over.abort()
    await Promise.allSettled(events)
  }
  return {
    readerLeft: left.signal,
    sink: {
      async write(text) {
        if (isOver() || text === '') return
        if (!stream.write(text)) await drained()
        isOver()
      },
      beside(other) {
        throw new AppError(
          'invalid-input',
          `${name} takes one file, and this export has several ("${other}"). Write to a folder or a file.`,
        )
      },
    },
    async finish() {
      if (isOver()) return
      const isOurs = stream !== process.stdout && stream !== process.stderr
      await new Promise<void>((resolve) => {
        stream.once('close', () => resolve())
        stream.once('error', () => resolve())
        if (isOurs) stream.end(() => resolve())
        else stream.write('', () => resolve())
      })
      isOver()
    },
    abandon: async () => {
      if (stream !== process.stdout && stream !== process.stderr) stream.destroy()
    },
  }
}
