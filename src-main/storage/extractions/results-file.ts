/**
 * The database of results: rows made from the documents of extractions, in a file beside the database of the workspace, so that who
 * writes a million of them never holds up who annotates. It is no part of a backup: where it is missing, the rows are made again.
 */
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openDerived, openReadOnly, type Database } from '../database.ts'
import { createFile } from '../own-database.ts'
import { resultsName } from '../workspace-names.ts'
import { resultsSchema, resultsVersion } from './results-schema.ts'

interface Listing {
  readonly extractionId: number
  readonly createdMs: number
  readonly attempt: number
  readonly listed: number
}

/** Creates the database of results where there is none that fits the database of the workspace. */
export function prepareResults(database: Database): void {
  const path = resultsPath(database.path)
  if (isFitting(path, database)) return
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
  createFile(path)
  const results = openDerived(path)
  results.script(resultsSchema)
  results.close()
}

/** Opens the database of a workspace for reading, with its results attached. */
export function openWithResults(path: string): Database {
  const database = openReadOnly(path)
  database.run('ATTACH ? AS results', resultsPath(path))
  return database
}

/** Opens the database of results for writing. One thread at a time does that. */
export function openResults(path: string): Database {
  return openDerived(resultsPath(path))
}

const resultsPath = (path: string): string => join(dirname(path), resultsName)

/** Tells whether the file has today's schema, and no rows but those of extractions that are there: whoever restores a copy of the database alone has others. */
function isFitting(path: string, database: Database): boolean {
  let results: Database | null = null
  try {
    results = openDerived(path)
    const version = results.get<{ user_version: number }>('PRAGMA user_version')?.user_version
    if (version !== resultsVersion) return false
    const listings = results.all<Listing>(
      'SELECT extraction_id AS extractionId, created_ms AS createdMs, attempt, listed FROM listing',
    )
    return listings.every(({ extractionId, createdMs, attempt, listed }) =>
      database.get(
        'SELECT 1 FROM extraction WHERE extraction_id = ? AND created_ms = ? AND (documents >= ? OR attempt > ?)',
        ...[extractionId, createdMs, listed, attempt],
      ),
    )
  } catch {
    return false // damaged, or no database: it is made again
  } finally {
    results?.close()
  }
}
