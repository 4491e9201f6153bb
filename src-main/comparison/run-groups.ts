/** Groups of runs that differ by their seed alone, each with a label that says how it differs from the others. */
import type { EncoderConfig, RunConfig } from '#main/runs/config'

interface Groupable {
  readonly config: RunConfig
  readonly trainSha256: string
  /** The run whose weights it started from. */
  readonly fromRunId: string | null
}

interface RunGroup<Run extends Groupable> {
  readonly label: string
  readonly runs: readonly Run[]
}

/** In order of first appearance. A label is the variant, with its settings where two groups share the variant. */
export function labelGroups<Run extends Groupable>(runs: readonly Run[]): RunGroup<Run>[] {
  const groups = new Map<string, Run[]>()
  for (const run of runs) {
    const key = JSON.stringify([...settingsOf(run)])
    const group = groups.get(key) ?? []
    group.push(run)
    groups.set(key, group)
  }
  const firsts = [...groups.values()].flatMap(([first]) => (first ? [first] : []))
  return [...groups.values()].map((group) => ({ label: labelOf(group[0], firsts), runs: group }))
}

function labelOf(run: Groupable | undefined, firsts: readonly Groupable[]): string {
  if (!run) return ''
  const { variant } = run.config
  const rivals = firsts.filter((other) => other !== run && other.config.variant === variant).map(settingsOf)
  const differing = [...settingsOf(run)].filter(([name, value]) => rivals.some((rival) => rival.get(name) !== value))
  return differing.length === 0
    ? variant
    : `${variant} (${differing.map(([name, value]) => `${name} ${value}`).join(', ')})`
}

/** Everything that was chosen, but for the seed and what changes no result. */
function settingsOf({ config, trainSha256, fromRunId }: Groupable): Map<string, string> {
  const { variant, model, training, vectors } = config
  const { seed: _, ...rest } = training
  const { encoder, ...parts } = model
  return new Map([
    ['variant', variant],
    ...Object.entries({ ...parts, ...encoderOf(encoder), ...rest }).map(
      ([name, value]) => [name, String(value)] as const,
    ),
    ['vectors', vectors?.sha256.slice(0, 8) ?? 'none'],
    ['train', trainSha256.slice(0, 8)],
    ['start', fromRunId?.slice(0, 8) ?? 'fresh'],
  ])
}

/** What of the encoder changes results: two copies of one folder are the same. */
function encoderOf(encoder: EncoderConfig): Readonly<Record<string, string | number | boolean>> {
  if (encoder.kind === 'bert') return { encoder: `bert ${encoder.source.sha256.slice(0, 8)}`, frozen: encoder.isFrozen }
  const { kind, ...sizes } = encoder
  return { encoder: kind, ...sizes }
}
