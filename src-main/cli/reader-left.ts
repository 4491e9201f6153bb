/** A reader of standard output that leaves early, as "head" does: every command then ends without a word and with one status. */
import { AppError } from '#main/core/errors'
import { openStreamSink, type StreamSink } from '#main/files/stream-sink'

/** Status that a shell reports of a program that SIGPIPE ended. */
export const readerLeftStatus = 141

/** The error that stops a command whose reader has seen enough: nobody is to be told. */
export class ReaderLeft extends AppError {
  constructor() {
    super('cancelled', 'Standard output is read no more.')
  }
}

/** Gives the process the status of a reader that left, whichever command writes and however it ends. */
export function endQuietlyWithReader(): void {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exitCode = readerLeftStatus
  })
}

/** Standard output that takes as much as its reader does. @throws ReaderLeft from `write`, once the reader is gone. */
export function openStandardOutput(): { readonly sink: StreamSink; write(text: string): Promise<void> } {
  const sink = openStreamSink(process.stdout, 'standard output')
  return {
    sink,
    async write(text) {
      await sink.sink.write(text)
      if (sink.readerLeft.aborted) throw new ReaderLeft()
    },
  }
}

const namesOfStandardOutput = ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']

/** True for a path that is standard output by another name, where a report would end up in what was written. */
export function isStandardOutput(path: string): boolean {
  return namesOfStandardOutput.includes(path)
}
