/**
 * A workspace as it is when it was opened for the first time, made once for each process of the tests: the steps to today's schema take
 * as long as many a test, and what they do has tests of its own.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openWorkspace } from '#main/storage/workspace'

let made: string | null = null

/** Lays a new workspace into the folder, unless one is there. */
export function layWorkspace(folder: string): void {
  if (existsSync(path.join(folder, 'espalier.sqlite'))) return
  made ??= make()
  cpSync(made, folder, { recursive: true })
}

function make(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'espalier-fresh-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  openWorkspace(folder, { now: () => 1 }).close()
  return folder
}
