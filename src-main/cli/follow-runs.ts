/** Follows runs to their end: prints a line per epoch on stderr and the outcome on stdout. Ctrl+C stops a run after its current step. */
import type { AppEvent } from '#main/api/events'
import { AppError } from '#main/core/errors'
import { distinctionsOf } from '#main/runs/tell-apart'
import { isTuned, selectionOf, selectionScores, type MetricPoint, type Run } from '#main/runs/run'
import { countOf } from '#main/text/numbers'
import { shortId } from './find.ts'
import { formatSeconds } from './progress.ts'
import type { Session } from './session.ts'
import { formatTable } from '#main/text/aligned-table'

/** Resolves when all runs have ended. @throws AppError when one of them failed or was cancelled. */
export async function followRuns(session: Session, started: readonly Run[]): Promise<void> {
  const { client, progress, print, interrupted } = session
  const latest = new Map(started.map((run) => [run.runId, run]))
  const { promise: settled, resolve } = Promise.withResolvers<void>()
  const look = (): void => {
    if ([...latest.values()].every(({ status }) => status !== 'queued' && status !== 'running')) resolve()
  }
  session.onEvent((event: AppEvent) => {
    const before = latest.get(event.type === 'run' ? event.run.runId : event.type === 'run-point' ? event.runId : '')
    if (!before) return
    if (event.type === 'run-point') progress.line(describePoint(before, event.point))
    if (event.type !== 'run') return
    if (event.run.device && before.device !== event.run.device) progress.line(`${event.run.name}: ${event.run.device}`)
    for (const note of (event.run.notes ?? []).slice(before.notes?.length ?? 0))
      progress.line(`${event.run.name}: ${note}`)
    latest.set(event.run.runId, event.run)
    look()
  })
  interrupted.addEventListener('abort', () => {
    progress.line('Stopping after the current step. What is trained so far is kept.')
    for (const { runId, status } of [...latest.values()].reverse())
      if (status === 'queued' || status === 'running') client.runs.pause({ runId }).catch(() => undefined) // it may have ended meanwhile
  })
  // a run may have ended before the listener was there
  for (const run of await client.runs.list()) if (latest.has(run.runId)) latest.set(run.runId, run)
  look()
  await settled
  const runs = [...latest.values()]
  print(runs, [formatRuns(runs), ...runs.flatMap(describeTuning)].join('\n'))
  refuseUnfinished(runs, session.again)
}

export function formatRuns(runs: readonly Run[]): string {
  const distinctions = distinctionsOf(runs)
  const head = [
    'run',
    'name',
    'corpus',
    'status',
    'epoch',
    'best',
    'dev P',
    'dev R',
    'dev F1',
    'of',
    ...(distinctions.size > 0 ? ['told apart by'] : []),
  ]
  const rows = runs.map((run) => {
    const { runId, name, status, epoch, bestEpoch, bestDev, config, data } = run
    const scores = bestDev
      ? [...[bestDev.precision, bestDev.recall, bestDev.f1].map(percent), selectionOf(config.model.tasks)]
      : [null, null, null, null]
    return [shortId(run), name, data.corpusName, status, epoch, bestEpoch, ...scores, distinctions.get(runId) ?? null]
  })
  return formatTable(head, rows)
}

/** Scores before and after tuning, in words; nothing for a run without tuned thresholds. */
export function describeTuning(run: Run): string[] {
  if (!run.thresholds || !isTuned(run)) return []
  const { usual, byRelation, before, after } = run.thresholds
  const others = Object.keys(byRelation).length
  const threshold = `${usual.toFixed(3)}${others === 0 ? '' : `, ${countOf(others, 'relation type')} with others`}`
  return [
    `${run.name}: threshold ${threshold}, tuned on dev: F1 ${percent(before.f1)} with ${run.config.training.threshold}, ${percent(after.f1)} tuned (on the fifths of dev that had no part in it).`,
  ]
}

/** Describes an epoch: the score that selects it, by its name, and for a joint model two more. */
export function describePoint({ name, config }: Run, point: MetricPoint): string {
  const { epoch, losses, dev, devEntities, seconds, devSeconds, memoryMb } = point
  const { tasks } = config.model
  const { precision, recall, f1 } = selectionScores(point, tasks)
  return [
    `${name}  epoch ${epoch}  loss ${losses.total.toPrecision(4)}`,
    `dev ${selectionOf(tasks)} P ${percent(precision)} R ${percent(recall)} F1 ${percent(f1)}`,
    ...(tasks.length > 1 ? [`partial F1 ${percent(dev.partial.f1)}  entities F1 ${percent(devEntities.f1)}`] : []),
    `${formatSeconds(seconds)}${devSeconds === undefined ? '' : ` + ${formatSeconds(devSeconds)} dev`}  ${Math.round(memoryMb)} MB`,
  ].join('  ')
}

const percent = (share: number): string => (share * 100).toFixed(1)

/** @throws AppError unless all runs are finished. It says what became of the others, and how to resume those that stopped. */
export function refuseUnfinished(runs: readonly Run[], again: Session['again']): void {
  if (runs.every(({ status }) => status === 'finished')) return
  const failed = runs.filter(({ status }) => status === 'failed')
  const unfinished = runs.filter(({ status }) => status !== 'finished' && status !== 'failed')
  const stranded = unfinished.filter(({ status, failure }) => status === 'interrupted' && failure !== null)
  const stopped = unfinished.filter((run) => !stranded.includes(run))
  const sentences = [
    ...failed.map(({ name, failure }) => `${name} failed: ${failure ?? 'no reason is known'}`),
    ...stranded.map(({ name, failure }) => `${name} stopped: ${failure}`),
    ...describeStops(stopped),
    ...(unfinished.length > 0 ? [`Resume with: ${again(`resume ${unfinished.map(shortId).join(' ')}`)}`] : []),
  ]
  throw new AppError(failed.length + stranded.length > 0 ? 'internal' : 'cancelled', sentences.join(' '))
}

/** Describes the runs that were interrupted, and those that somebody cancelled meanwhile. */
function describeStops(stopped: readonly Run[]): string[] {
  return (['interrupted', 'cancelled'] as const).flatMap((how) => {
    const runs = stopped.filter(({ status }) => status === how)
    const head = how === 'interrupted' ? 'Interrupted' : 'Cancelled'
    return runs.length === 0 ? [] : [`${head}: ${runs.map(describeStop).join(', ')}.`]
  })
}

function describeStop({ name, epoch }: Run): string {
  return epoch === 0 ? `${name} before its first epoch was done` : `${name} after epoch ${epoch}`
}
