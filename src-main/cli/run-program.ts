/** Runs a command line and sets the exit status: 0 done, 1 failed, 2 misused. */
import { CommanderError, type Command } from 'commander'
import { toAppError } from '#main/api/client-errors'
import { guardProcess } from '#main/shell-server/last-resort'

/** Prints an error of `program`, which must not exit by itself, as a sentence. */
export async function runProgram(program: Command): Promise<void> {
  guardProcess()
  try {
    await program.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else {
      process.stderr.write(`${toAppError(error).message}\n`)
      process.exitCode = 1
    }
  }
}
