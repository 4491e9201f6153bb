/** The desktop program's first file: which of the ways to start it is meant, and what must be said before Electron is ready. */
import { app } from 'electron'
import { runCommandLine } from './command-line.ts'
import { startDesktop } from './desktop.ts'
import { commandLineWords, ownWords } from './launch.ts'

const words = ownWords(process.argv, app.isPackaged)
const command = commandLineWords(words)
if (command) runCommandLine(command)
else startDesktop(words)
