/** What was chosen for a run, as words: for telling runs apart. */
import { inSentence } from './check-setting.ts'
import type { EncoderConfig, RunConfig } from './config.ts'
import { settingsOfRun } from './run-settings.ts'
import type { Setting } from './setting.ts'

export interface Chosen {
  readonly config: RunConfig
  /** SHA-256 of the train split that the run was made for. */
  readonly trainSha256: string
  /** The run whose weights it started from. */
  readonly fromRunId: string | null
}

/** Everything that changes results, the seed left out: "input dropout" → "0.3". */
export function choicesOf({ config, trainSha256, fromRunId }: Chosen): Map<string, string> {
  return new Map([
    ['variant', config.variant],
    ...encoderOf(config.model.encoder),
    ...namedSettings(config, ({ part }) => part !== 'seed' && part !== 'machine'),
    ['vectors', config.vectors?.sha256.slice(0, 8) ?? 'none'],
    ['train', trainSha256.slice(0, 8)],
    ['start', fromRunId?.slice(0, 8) ?? 'fresh'],
  ])
}

/** "input dropout" → "0.3" for the settings that are wanted. */
export function namedSettings(config: RunConfig, isWanted: (setting: Setting) => boolean): [string, string][] {
  return settingsOfRun(config)
    .filter(({ setting }) => isWanted(setting))
    .map(({ setting, shown }) => [inSentence(setting.label), shown])
}

/** Two copies of one folder hold the same encoder. */
function encoderOf(encoder: EncoderConfig): [string, string][] {
  if (encoder.kind === 'lstm') return [['encoder', 'lstm']]
  return [
    ['encoder', `bert ${encoder.source.sha256.slice(0, 8)}`],
    ['frozen', String(encoder.isFrozen)],
  ]
}
