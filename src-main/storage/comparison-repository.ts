/** ComparisonRepository: comparisons that a person saved under names. */
import { plainView, type ComparisonView, type SavedComparison } from '#main/comparison/saved-comparison'
import { AppError } from '#main/core/errors'
import type { Database } from './database.ts'

export interface ComparisonRepository {
  /** All of them in the order of their names. */
  list(): SavedComparison[]
  /** @throws AppError 'not-found' */
  find(comparisonId: number): SavedComparison
  /** @throws AppError 'conflict' when another comparison has this name. */
  add(name: string, view: ComparisonView): SavedComparison
  /** @throws AppError 'not-found'; 'conflict' when another comparison has this name. */
  change(comparisonId: number, part: { readonly name?: string; readonly view?: ComparisonView }): SavedComparison
  /** Answers with what was removed; it can be brought back until the workspace is closed. @throws AppError 'not-found' */
  remove(comparisonId: number): SavedComparison
  /** @throws AppError 'not-found'; 'conflict' when another comparison has its name meanwhile. */
  restore(comparisonId: number): SavedComparison
}

interface Row {
  readonly comparison_id: number
  readonly name: string
  readonly view: string
  readonly saved_ms: number
}

export function createComparisonRepository(database: Database, now: () => number): ComparisonRepository {
  database.run('DELETE FROM comparison WHERE is_removed = 1')

  function findAs(comparisonId: number, isRemoved: number): SavedComparison {
    const row = database.get<Row>(
      'SELECT * FROM comparison WHERE comparison_id = ? AND is_removed = ?',
      ...[comparisonId, isRemoved],
    )
    if (!row) throw new AppError('not-found', `There is no comparison ${comparisonId}. Choose one from the list.`)
    return toSaved(row)
  }

  function refuseTaken(name: string, own: number | null): void {
    const taken = database.get<{ comparison_id: number }>(
      'SELECT comparison_id FROM comparison WHERE name = ? AND is_removed = 0',
      name,
    )
    if (taken && taken.comparison_id !== own)
      throw new AppError('conflict', `There is already a comparison "${name}". Choose another name, or update it.`)
  }

  const find = (comparisonId: number): SavedComparison => findAs(comparisonId, 0)
  return {
    list: () => database.all<Row>('SELECT * FROM comparison WHERE is_removed = 0 ORDER BY name').map(toSaved),
    find,
    add(name, view) {
      refuseTaken(name, null)
      const { lastId } = database.run(
        'INSERT INTO comparison (name, view, saved_ms) VALUES (?, ?, ?)',
        ...[name, JSON.stringify(view), now()],
      )
      return find(lastId)
    },
    change(comparisonId, { name, view }) {
      const present = find(comparisonId)
      if (name !== undefined) refuseTaken(name, comparisonId)
      database.run(
        'UPDATE comparison SET name = ?, view = ?, saved_ms = ? WHERE comparison_id = ?',
        ...[name ?? present.name, JSON.stringify(view ?? present.view), now(), comparisonId],
      )
      return find(comparisonId)
    },
    remove(comparisonId) {
      const removed = find(comparisonId)
      database.run('UPDATE comparison SET is_removed = 1 WHERE comparison_id = ?', comparisonId)
      return removed
    },
    restore(comparisonId) {
      refuseTaken(findAs(comparisonId, 1).name, null)
      database.run('UPDATE comparison SET is_removed = 0 WHERE comparison_id = ?', comparisonId)
      return find(comparisonId)
    },
  }
}

function toSaved({ comparison_id, name, view, saved_ms }: Row): SavedComparison {
  // written by this repository; views of before lack what could not be chosen then
  const kept = { ...plainView, ...(JSON.parse(view) as Partial<ComparisonView>) } as ComparisonView
  return { comparisonId: comparison_id, name, view: kept, savedMs: saved_ms }
}
