/** Gives the space of deleted rows back to the disk, in small steps; SQLite itself would keep it for later rows. */
import type { Database } from './database.ts'

/** Number of pages that one step moves. */
const pagesPerStep = 500

/** Number of free pages (4 MB) below which a database of an older version is not rewritten. */
const fewPages = 1000

export function* shrinkFile(database: Database): Generator<void, void> {
  for (const index of ['sentence_text', 'sentence_letters'] as const) yield* mergeTextIndex(database, index)
  if (pragma(database, 'auto_vacuum') === 0) writeAnew(database)
  for (let free = pragma(database, 'freelist_count'); free > 0;) {
    database.script(`PRAGMA incremental_vacuum(${pagesPerStep})`)
    const left = pragma(database, 'freelist_count')
    free = left < free ? left : 0
    yield
  }
  database.truncateLog()
}

/** Merges the parts of a text index: until then they hold deleted sentences beside marks that these are deleted. */
function* mergeTextIndex(database: Database, index: 'sentence_text' | 'sentence_letters'): Generator<void, void> {
  for (let pages = -pagesPerStep; ; pages = pagesPerStep) {
    const before = totalChanges(database)
    database.run(`INSERT INTO ${index} (${index}, rank) VALUES ('merge', ?)`, pages)
    if (totalChanges(database) - before < 2) return // the sign that nothing was left to merge
    yield
  }
}

/** Rewrites a database that an older version created: it shrinks in no other way. This takes a while, but only once. */
function writeAnew(database: Database): void {
  const free = pragma(database, 'freelist_count')
  if (free < fewPages || free < pragma(database, 'page_count') / 4) return
  try {
    database.script('PRAGMA auto_vacuum = INCREMENTAL; VACUUM')
  } catch {
    // a full disk has no room for it: the space is kept for later rows
  }
}

function pragma(database: Database, name: 'auto_vacuum' | 'freelist_count' | 'page_count'): number {
  return Object.values(database.get<Record<string, number>>(`PRAGMA ${name}`) ?? {})[0] ?? 0
}

function totalChanges(database: Database): number {
  return database.get<{ changes: number }>('SELECT total_changes() AS changes')?.changes ?? 0
}
