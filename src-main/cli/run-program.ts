/** Runs a command line and sets the exit status. */
import { CommanderError, type Command } from 'commander'
import { toAppError } from '#main/api/client-errors'
import type { AppError } from '#main/core/errors'
import { readerLeft } from '#main/files/file-sink'
import { mayBeReplaced } from '#main/files/unwritable'
import { guardProcess } from '#main/shell-server/last-resort'
import { standWhereTyped } from '#main/shell-server/stand-where-typed'
import { Misuse } from './misuse.ts'
import { endQuietlyWithReader, ReaderLeft, readerLeftStatus } from './reader-left.ts'

/** Words of --help on the exit statuses. */
export const exitStatuses = `
Exit status: 0 when all was done; 1 when something failed, was stopped, or was left out (a record of an import, a
document of an extraction), with the reason on standard error; 2 when a command was misused; 141, without a word, when
whoever reads standard output left early, as "head" does.`

/** Runs the words of this process. */
export async function runProgram(program: Command): Promise<void> {
  guardProcess()
  endQuietlyWithReader()
  standWhereTyped()
  await runWords(program, process.argv.slice(2))
}

/** Prints an error of `program`, which must not exit by itself, as a sentence. */
export async function runWords(program: Command, words: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else if (isReaderLeft(error)) process.exitCode = readerLeftStatus
    else {
      process.stderr.write(`${describe(toAppError(error))}\n`)
      process.exitCode = error instanceof Misuse ? 2 : 1
    }
  }
}

function isReaderLeft(error: unknown): boolean {
  return error instanceof ReaderLeft || toAppError(error).details === readerLeft
}

function describe({ message, details }: AppError): string {
  return details === mayBeReplaced ? `${message.replace(/\.$/, '')} with --replace.` : message
}
