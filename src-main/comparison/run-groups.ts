/** Groups of runs that differ by their seed alone, each with a label that says how it differs from the others. */
import { choicesOf, type Chosen } from '#main/runs/run-choices'

interface RunGroup<Run extends Chosen> {
  readonly label: string
  readonly runs: readonly Run[]
}

/** Names that a person gave to rows, by the id of one of their runs. */
export type RowNames = Readonly<Record<string, string>>

/**
 * Groups in order of first appearance. A label is the variant, followed by the settings in which groups of that
 * variant differ, unless a person named it.
 */
export function labelGroups<Run extends Chosen & { readonly runId: string }>(
  runs: readonly Run[],
  names: RowNames = {},
): RunGroup<Run>[] {
  const groups = new Map<string, Run[]>()
  for (const run of runs) {
    const key = JSON.stringify([...choicesOf(run)])
    const group = groups.get(key) ?? []
    group.push(run)
    groups.set(key, group)
  }
  const firsts = [...groups.values()].flatMap(([first]) => (first ? [first] : []))
  return [...groups.values()].map((group) => {
    const given = group.flatMap(({ runId }) => names[runId] ?? [])
    return { label: given[0] ?? labelOf(group[0], firsts), runs: group }
  })
}

function labelOf(run: Chosen | undefined, firsts: readonly Chosen[]): string {
  if (!run) return ''
  const { variant } = run.config
  const rivals = firsts.filter((other) => other !== run && other.config.variant === variant).map(choicesOf)
  const differing = [...choicesOf(run)].filter(([name, value]) => rivals.some((rival) => rival.get(name) !== value))
  return differing.length === 0
    ? variant
    : `${variant} (${differing.map(([name, value]) => `${name} ${value}`).join(', ')})`
}

/** Predictions of the same system, in order of first appearance. */
export function groupSystems<System extends { readonly name: string; readonly systemId: string }>(
  systems: readonly System[],
  names: RowNames = {},
): { readonly label: string; readonly members: readonly System[] }[] {
  return [...Map.groupBy(systems, ({ name }) => name)].map(([name, members]) => {
    const given = members.flatMap(({ systemId }) => names[systemId] ?? [])
    return { label: given[0] ?? name, members }
  })
}
