/**
 * Hands a link to a browser without anybody else seeing it: command lines are visible to every user of the machine, so
 * the browser is given a file that only its owner may read, and the file leads on to the link.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { privateFileMode, privateFolderMode } from '#main/files/private'

export interface HandedOver {
  /** For the browser's command line. */
  readonly address: string
  /** Removes the file. */
  forget(): void
}

/** As long as a link works. */
const keptMs = 60_000

/**
 * The name begins like everything that the program keeps in a workspace; what an earlier start left there goes.
 * @throws Error of the file system.
 */
export function handOver(workspace: string, url: string): HandedOver {
  const folder = path.join(workspace, 'espalier.opening')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: privateFolderMode })
  const file = path.join(folder, 'open.html') // one name, by which a browser remembers where its window stood
  writeFileSync(file, pageTo(url), { mode: privateFileMode, flag: 'wx' })
  const forget = (): void => {
    clearTimeout(timer)
    rmSync(folder, { recursive: true, force: true })
  }
  const timer = setTimeout(forget, keptMs).unref()
  return { address: pathToFileURL(file).href, forget }
}

/** Our links hold nothing that means anything to HTML. */
function pageTo(url: string): string {
  return `<!doctype html>
<meta charset="utf-8" />
<meta name="referrer" content="no-referrer" />
<meta http-equiv="refresh" content="0; url=${url}" />
<title>Espalier</title>
<p><a href="${url}">Open Espalier</a></p>
`
}
