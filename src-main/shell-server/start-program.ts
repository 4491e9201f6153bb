/** npm start: the workbench in Electron, else in an app window of an installed browser, else at a printed address. */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { findBrowser, hasDisplay } from './app-window.ts'
import { linkToOpen } from './open-program.ts'
import { runInBrowser, runInElectron, showOpen, type StartOptions } from './start-modes.ts'
import { guardProcess } from './last-resort.ts'
import { fetchElectron, findElectron } from './electron-binary.ts'

const usage = `npm start -- [--workspace FOLDER] [--port N] [--no-open]

  --workspace FOLDER  where corpora, runs and settings are kept (default: the place this system has for a program's data)
  --port N            serve to a browser on this port instead of opening Electron
  --no-open           open nothing: serve, and print the address
`

const log = (line: string): void => void process.stderr.write(`${line}\n`)

guardProcess()
try {
  await start(readOptions())
} catch (error) {
  log(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

async function start(options: StartOptions): Promise<void> {
  const canShow = !options.isQuiet && hasDisplay()
  const browser = canShow ? findBrowser() : null
  const link = await linkToOpen(options.workspace)
  if (link !== null) return showOpen(browser, link, options.workspace, log)
  if (canShow && options.port === null) {
    const electron = findElectron() ?? (await fetchElectron(log))
    if (electron && (await runInElectron(electron, options, log))) return
    if (!electron) log('Electron is not on this machine and cannot be fetched, so a browser shows the window.')
  }
  await runInBrowser(browser, options, log)
}

function readOptions(): StartOptions {
  try {
    const { values } = parseArgs({
      options: {
        workspace: { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) {
      process.stdout.write(usage)
      process.exit(0)
    }
    return {
      workspace: path.resolve(values.workspace ?? defaultWorkspace()),
      port: values.port === undefined ? null : readPort(values.port),
      isQuiet: values['no-open'],
    }
  } catch (error) {
    log(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(2)
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port is ${text}: expected a whole number from 0 (a free port) to 65535.`)
  return port
}
