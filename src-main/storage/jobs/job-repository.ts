/** JobRepository: jobs as rows; the effect of a piece of work and how far the job is are written together. */
import { AppError } from '#main/core/errors'
import type { Json } from '#main/core/json'
import type { Job } from '#main/jobs/job'
import type { JobChange, JobStore } from '#main/jobs/job-store'
import type { Database, SqlValue } from '../database.ts'

export interface JobRepository extends JobStore {
  /** An id, such as that of an upload, is named when a job that is not over has it in its spec. */
  isNamed(id: string): boolean
  /** Marks as interrupted what was running or waiting when the program ended. */
  markInterrupted(): void
}

type JobRow = Omit<Job, 'spec' | 'cursor' | 'notes'> & Readonly<Record<'spec' | 'cursor' | 'notes', string>>

const columns = `job_id AS jobId, kind, title, spec, cursor, state, done, total, notes, failure, created_ms AS createdMs,
  ended_ms AS endedMs, worked_ms AS workedMs`

export function createJobRepository(database: Database): JobRepository {
  function find(jobId: number): Job {
    const row = database.get<JobRow>(`SELECT ${columns} FROM job WHERE job_id = ?`, jobId)
    if (!row) throw new AppError('not-found', `There is no job ${jobId}. Look at the list of jobs.`)
    return toJob(row)
  }
  const select = (rest: string, ...values: SqlValue[]): Job[] =>
    database.all<JobRow>(`SELECT ${columns} FROM job ${rest}`, ...values).map(toJob)
  const isOpen = `state IN ('queued', 'running', 'paused', 'interrupted')`
  const lastPlace = 'coalesce((SELECT max(place) FROM job), 0) + 1'

  return {
    find,
    add({ kind, title, spec, createdMs }) {
      const { lastId } = database.run(
        `INSERT INTO job (kind, title, spec, cursor, state, place, notes, created_ms)
         VALUES (?, ?, ?, 'null', 'queued', ${lastPlace}, '[]', ?)`,
        ...[kind, title, JSON.stringify(spec), createdMs],
      )
      return find(lastId)
    },
    queued: () => select(`WHERE state = 'queued' ORDER BY place`),
    list: ({ offset, limit }) => ({
      total: database.get<{ total: number }>('SELECT count(*) AS total FROM job')?.total ?? 0,
      jobs: select(
        `ORDER BY CASE state WHEN 'running' THEN 0 WHEN 'queued' THEN 1 ELSE 2 END,
           CASE WHEN state IN ('running', 'queued') THEN place ELSE -job_id END LIMIT ? OFFSET ?`,
        ...[limit, offset],
      ),
    }),
    change(jobId, change, effect) {
      // how far a job is may fall back in a power cut: it then goes on from an earlier place, as after a kill
      const isProgress = effect === undefined && change.state === undefined
      const write = isProgress ? database.hastyTransaction : database.transaction
      return write(() => {
        effect?.()
        const columnsOfChange = Object.entries(change) as [keyof JobChange, Json | undefined][] // of one type, by their keys
        for (const [key, value] of columnsOfChange) {
          const column = changeable[key]
          if (value !== undefined)
            database.run(`UPDATE job SET ${column.name} = ? WHERE job_id = ?`, column.toSql(value), jobId)
        }
        return find(jobId)
      })
    },
    newest: (kind, named) =>
      select(
        'WHERE kind = ? AND instr(spec, ?) > 0 ORDER BY job_id DESC LIMIT 1',
        ...[kind, JSON.stringify(named)],
      )[0] ?? null,
    stopped: (kind) =>
      select(`WHERE kind = ? AND state IN ('paused', 'interrupted', 'failed') ORDER BY job_id DESC`, kind),
    place: (jobId, beforeId) =>
      database.transaction(() => {
        const places = database.all<{ job_id: number }>(
          `SELECT job_id FROM job WHERE state = 'queued' AND job_id <> ? ORDER BY place`,
          jobId,
        )
        const at = places.findIndex(({ job_id }) => job_id === beforeId)
        const ids = places.map(({ job_id }) => job_id)
        const order = [...ids.slice(0, at < 0 ? ids.length : at), jobId, ...(at < 0 ? [] : ids.slice(at))]
        const first = database.get<{ place: number }>(`SELECT ${lastPlace} AS place`)?.place ?? 0
        order.forEach((id, index) => database.run('UPDATE job SET place = ? WHERE job_id = ?', first + index, id))
      }),
    removeEnded: () => database.run(`DELETE FROM job WHERE state IN ('finished', 'cancelled')`).changes,
    remove: (jobId) => void database.run('DELETE FROM job WHERE job_id = ?', jobId),
    isNamed: (id) =>
      database.get(`SELECT 1 FROM job WHERE ${isOpen} AND instr(spec, ?) > 0`, JSON.stringify(id)) !== undefined,
    markInterrupted: () =>
      void database.run(`UPDATE job SET state = 'interrupted' WHERE state IN ('queued', 'running')`),
  }
}

const plain = (value: Json): SqlValue => (typeof value === 'string' || typeof value === 'number' ? value : null)
const whole = (value: Json): SqlValue => JSON.stringify(value)

const changeable: Readonly<
  Record<keyof JobChange, { readonly name: string; readonly toSql: (value: Json) => SqlValue }>
> = {
  title: { name: 'title', toSql: plain },
  cursor: { name: 'cursor', toSql: whole },
  notes: { name: 'notes', toSql: whole },
  state: { name: 'state', toSql: plain },
  done: { name: 'done', toSql: plain },
  total: { name: 'total', toSql: plain },
  failure: { name: 'failure', toSql: plain },
  endedMs: { name: 'ended_ms', toSql: plain },
  workedMs: { name: 'worked_ms', toSql: plain },
}

function toJob({ spec, cursor, notes, ...row }: JobRow): Job {
  // written by this repository alone
  return {
    ...row,
    spec: JSON.parse(spec) as Json,
    cursor: JSON.parse(cursor) as Json,
    notes: JSON.parse(notes) as string[],
  }
}
