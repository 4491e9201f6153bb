/** Runs a command line and sets the exit status. */
import { CommanderError, type Command } from 'commander'
import { toAppError } from '#main/api/client-errors'
import { guardProcess } from '#main/shell-server/last-resort'
import { standWhereTyped } from '#main/shell-server/stand-where-typed'

/** What --help says of the exit statuses. */
export const exitStatuses = `
Exit status: 0 when all was done; 1 when something failed, was stopped, or was left out (a record of an import, a
document of an extraction), with the reason on standard error; 2 when a command was misused.`

/** Runs the words of this process. */
export async function runProgram(program: Command): Promise<void> {
  guardProcess()
  standWhereTyped()
  await runWords(program, process.argv.slice(2))
}

/** Prints an error of `program`, which must not exit by itself, as a sentence. */
export async function runWords(program: Command, words: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else {
      process.stderr.write(`${toAppError(error).message}\n`)
      process.exitCode = 1
    }
  }
}
