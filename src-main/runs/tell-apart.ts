/** Distinctions: what tells runs of the same name apart wherever runs are listed. */
import { formatMoment } from '#main/text/moment'
import { choicesOf, namedSettings } from './run-choices.ts'
import type { Run } from './run.ts'

/** Number of differing settings that are listed; further ones are only counted. */
const shownSettings = 3

/**
 * Distinctions by run id: "26 Nov 2026, 18:07, input dropout 0.5". A run whose name no other run has gets none. Runs of the
 * same name never get the same distinction.
 */
export function distinctionsOf(runs: readonly Run[]): ReadonlyMap<string, string> {
  const namesakes = [...Map.groupBy(runs, ({ name }) => name).values()].filter(({ length }) => length > 1)
  return new Map(namesakes.flatMap((group) => distinguish(group, runs)))
}

/** The name of a run with its distinction: "pmei seed 1 (26 Nov 2026, 18:07, input dropout 0.5)"; the name alone where that is enough. */
export function labelOfRun(
  { runId, name }: Pick<Run, 'runId' | 'name'>,
  distinctions: ReadonlyMap<string, string>,
): string {
  const distinction = distinctions.get(runId)
  return distinction === undefined ? name : `${name} (${distinction})`
}

function distinguish(group: readonly Run[], all: readonly Run[]): [string, string][] {
  const facts = group.map((run) => factsOf(run, all))
  const keys = [...new Set(facts.flatMap((own) => [...own.keys()]))]
  const differing = keys.filter((key) => new Set(facts.map((own) => own.get(key))).size > 1)
  const texts = group.map((run, at) => {
    const own = differing.flatMap((key) => (facts[at]?.has(key) ? [`${key} ${facts[at].get(key)}`] : []))
    const more = own.length > shownSettings ? [`${own.length - shownSettings} more settings`] : []
    return [formatMoment(run.createdMs), ...own.slice(0, shownSettings), ...more].join(', ')
  })
  return group.map(({ runId }, at) => {
    const text = texts[at] ?? ''
    const isUnique = texts.indexOf(text) === texts.lastIndexOf(text)
    return [runId, isUnique ? text : `${text}, id ${runId.slice(0, 8)}`]
  })
}

function factsOf({ config, data, fromRunId }: Run, all: readonly Run[]): Map<string, string> {
  const parent = all.find(({ runId }) => runId === fromRunId)
  const facts = choicesOf({ config, fromRunId, trainSha256: data.splits.train.sha256 })
  facts.delete('start')
  return new Map([
    ['corpus', data.corpusName],
    ...facts,
    ['started from', parent?.name ?? fromRunId?.slice(0, 8) ?? 'fresh weights'],
    ...namedSettings(config, ({ part }) => part === 'seed' || part === 'machine'),
  ])
}
