/**
 * Bug report: what whoever looks for a fault needs, as a text that the person reads before it goes anywhere. It holds no texts; names of corpora
 * and runs and the home folder are replaced.
 */
import os from 'node:os'
import type { DoctorReport } from '#main/api/system'
import type { Log } from '#main/core/log'
import type { Workspace } from '#main/storage/workspace'

interface ReportParts {
  readonly workspace: Workspace
  readonly log: Log
  readonly doctor: DoctorReport
  /** Milliseconds since 1970. */
  readonly nowMs: number
}

const tailLines = 200

export function writeBugReport({ workspace, log, doctor, nowMs }: ReportParts): string {
  const { backends, chosenBackend, workspace: health, versions } = doctor
  const kept = workspace.listKept()
  const sections: Record<string, readonly string[]> = {
    'Espalier, bug report': [new Date(nowMs).toISOString()],
    Versions: Object.entries(versions).map(([name, version]) => `${name} ${version}`),
    Machine: [
      `${os.type()} ${os.release()} ${os.arch()}, ${os.availableParallelism()} cores (${os.cpus()[0]?.model ?? 'unknown'})`,
      `memory ${(os.totalmem() / 1e9).toFixed(1)} GB, ${(os.freemem() / 1e9).toFixed(1)} GB free`,
    ],
    Backends: backends.map(
      ({ name, isAvailable, reason }) =>
        `${name}${name === chosenBackend ? ' (used)' : ''}: ${isAvailable ? '' : 'no: '}${reason}`,
    ),
    Workspace: [
      `schema ${health.schemaVersion}, ${health.sizeMb.toFixed(1)} MB, integrity ${health.integrity === 'ok' ? 'ok' : 'damaged'}, ${health.isPrivate ? 'private' : 'readable by others'}`,
      ...(workspace.wasLeftOpen ? ['the program before ended without closing it'] : []),
      ...countsOf(workspace),
      `backups of the database: ${kept.length}${kept[0] ? `, the latest ${kept[0].reason} of ${new Date(kept[0].createdMs).toISOString()}` : ''}`,
    ],
    Findings: health.findings.length === 0 ? ['none'] : health.findings.map(({ what }) => what),
    [`Log, the last ${tailLines} entries`]: log.tail(tailLines),
  }
  const text = Object.entries(sections)
    .map(([title, lines]) => [title, '-'.repeat(title.length), ...lines].join('\n'))
    .join('\n\n')
  return `${hideNames(text, workspace)}\n`
}

function countsOf({ corpora, runs, jobs, extractions }: Workspace): readonly string[] {
  const sentences = corpora
    .list()
    .map(({ splits }) => Object.values(splits).reduce((sum, split) => sum + split.sentences, 0))
  const listed = jobs.list({ offset: 0, limit: 100 }).jobs
  return [
    `corpora ${sentences.length}, sentences of each: ${sentences.join(', ')}`,
    `runs ${tally(runs.list().map(({ status }) => status))}`,
    `jobs ${tally(listed.map(({ kind, state }) => `${kind} ${state}`))}`,
    `extractions ${extractions.list().length}`,
  ]
}

/** "3 (2 finished, 1 failed)". */
function tally(words: readonly string[]): string {
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, own]) => `${own.length} ${word}`)
  return words.length === 0 ? '0' : `${words.length} (${counts.join(', ')})`
}

/** Longer names first, since one may be part of another. */
function hideNames(text: string, { corpora, runs, folder }: Workspace): string {
  const names: [string, string][] = [
    ...corpora.list().map(({ corpusId, name }): [string, string] => [name, `corpus ${corpusId}`]),
    ...runs.list().map(({ name, runId }): [string, string] => [name, `run ${runId}`]),
    [folder, 'WORKSPACE'],
    [os.homedir(), '~'],
  ]
  return names
    .filter(([name]) => name.length > 2)
    .toSorted(([one], [other]) => other.length - one.length)
    .reduce((shown, [name, stand]) => shown.replaceAll(name, stand), text)
}
