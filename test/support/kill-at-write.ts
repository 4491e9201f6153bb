/** Kills this process at one of its writes to a database: nobody else could be so exact on a busy machine. */
import Database from 'better-sqlite3'

/** Not even a transaction that has begun is ended. @returns a count of the writes since. @param fatalWrite number of a write from now on, from 1; 0 for none. */
export function killAtWrite(fatalWrite: number): () => number {
  const database = new Database(':memory:')
  const statements = Object.getPrototypeOf(database.prepare('SELECT 1')) as Database.Statement // the prototype of all
  database.close()
  const { run } = statements
  let writes = 0
  statements.run = function (this: Database.Statement, ...values: unknown[]) {
    if (++writes === fatalWrite) process.kill(process.pid, 'SIGKILL')
    return run.apply(this, values)
  }
  return () => writes
}
