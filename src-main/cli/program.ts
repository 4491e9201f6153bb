/** Runs the command line on the words of this process. */
import { createProgram } from './create-program.ts'
import { runProgram } from './run-program.ts'

await runProgram(createProgram())
