/** What systems state of a sentence, carried along when its words or its border to the next sentence change. */
import { carryStated, divideStated, uniteStated, type Stated } from '#main/document/carry-stated'
import type { Database } from '../database.ts'
import { recutKept, type Cut, type CutRules, type Pair } from './recut.ts'

const rules: CutRules<Stated> = {
  carry: carryStated,
  divide: divideStated,
  unite: uniteStated,
  empty: { spans: [], triples: [], unanchored: [] },
}

/** @param ids the sentence, and the one behind the border where there is one. */
export function recutSystems(
  database: Database,
  act: { readonly operationId: number; readonly cut: Cut; readonly isUndo: boolean },
  ids: Pair<number>,
): void {
  const systems = database.column<string>(
    'SELECT DISTINCT system_id FROM system_prediction JOIN system USING (system_id) WHERE sentence_id IN (?, ?)',
    ...ids,
  )
  for (const systemId of systems) {
    const read = (id: number | null): Stated | null => {
      const row = database.get<{ stated: string }>(
        'SELECT stated FROM system_prediction WHERE system_id = ? AND sentence_id = ?',
        ...[systemId, id],
      )
      return row ? (JSON.parse(row.stated) as Stated) : null // written from one
    }
    const pair: Pair<Stated> = [read(ids[0]), act.cut.kind === 'join' ? read(ids[1]) : null]
    const key = { operationId: act.operationId, kind: 'system', name: systemId } as const
    const after = recutKept(database, key, { pair, ids, cut: act.cut, isUndo: act.isUndo }, rules)
    after.forEach((value, at) => {
      const id = ids[at] ?? null
      if (id === null || (at === 1 && act.cut.kind === 'words')) return
      database.run('DELETE FROM system_prediction WHERE system_id = ? AND sentence_id = ?', systemId, id)
      if (value)
        database.run(
          'INSERT INTO system_prediction (system_id, sentence_id, stated) VALUES (?, ?, ?)',
          ...[systemId, id, JSON.stringify(value)],
        )
    })
  }
}
