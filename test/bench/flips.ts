/**
 * npm run bench -- flips: one bit of a database is another one, as a failing disk leaves it, at random places over the whole file. Tells how many
 * flips the checks find, and of the others how many changed anything that the program reads.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { databaseChecks, quickChecks } from '#main/storage/check/check-database'
import { openDatabase, type Database } from '#main/storage/database'
import { formatTable } from '#main/text/aligned-table'

/** @param source database of a workspace that nobody has open. */
export function measureFlips(source: string, flips: number, tell: (line: string) => void): string {
  const home = mkdtempSync(path.join(tmpdir(), 'espalier-flips-'))
  const file = path.join(home, 'espalier.sqlite')
  try {
    const sound = readFileSync(source)
    writeFileSync(file, sound)
    const content = contentOf(file)
    const counts = {
      'found by the quick check': 0,
      'found by the whole check': 0,
      'not found, and nothing read is another': 0,
    }
    const unnoticed: string[] = []
    let drawn = 1
    for (let number = 1; number <= flips; number++) {
      drawn = (drawn * 48_271) % 2_147_483_647
      const bit = Math.floor((drawn / 2_147_483_647) * sound.length * 8)
      const damaged = Buffer.from(sound)
      damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true })
      writeFileSync(file, damaged)
      if (isFound(file, quickChecks)) counts['found by the quick check']++
      else if (isFound(file, databaseChecks)) counts['found by the whole check']++
      else if (contentOf(file) === content) counts['not found, and nothing read is another']++
      else unnoticed.push(`byte ${bit >> 3}, bit ${bit & 7}, page ${Math.floor(bit / 8 / 4096) + 1}`)
      if (number % 100 === 0) tell(`${number} of ${flips} flips`)
    }
    const rows = [...Object.entries(counts), ['not found, and something is another', unnoticed.length] as const]
    const share = (count: number): string => `${((100 * count) / flips).toFixed(1)} %`
    const table = formatTable(
      ['a flipped bit is', 'times', 'share'],
      rows.map(([name, count]) => [name, count, share(count)]),
    )
    return `${flips} flips in a database of ${(sound.length / 1e6).toFixed(1)} MB\n${table}\n${unnoticed.map((where) => `- ${where}\n`).join('')}`
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function isFound(file: string, checks: typeof databaseChecks): boolean {
  try {
    return read(file, (database) => checks.some(({ run }) => run(database).length > 0))
  } catch {
    return true // it cannot even be opened or looked through
  }
}

/** Hash of all rows of all tables but those of the search indexes, which are made from them. */
function contentOf(file: string): string {
  return read(file, (database) => {
    const hash = createHash('sha256')
    const tables = database.column<string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sentence_text%' AND name NOT LIKE 'sentence_letters%' ORDER BY name`,
    )
    for (const table of tables) hash.update(JSON.stringify(database.rawRows(`SELECT * FROM "${table}"`)))
    return hash.digest('hex')
  })
}

function read<T>(file: string, work: (database: Database) => T): T {
  const database = openDatabase(file)
  try {
    return work(database)
  } finally {
    database.close()
  }
}
