/** The choices behind a run, in words by which runs are told apart. */
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

/** Every choice that changes results, except the seed: "input dropout" → "0.3". */
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

/** The wanted settings with their values, in words: "input dropout" → "0.3". */
export function namedSettings(config: RunConfig, isWanted: (setting: Setting) => boolean): [string, string][] {
  return settingsOfRun(config)
    .filter(({ setting }) => isWanted(setting))
    .map(({ setting, shown }) => [inSentence(setting.label), shown])
}

/** The encoder in words. Two copies of one folder count as the same encoder. */
function encoderOf(encoder: EncoderConfig): [string, string][] {
  if (encoder.kind === 'lstm') return [['encoder', 'lstm']]
  return [
    ['encoder', `bert ${encoder.source.sha256.slice(0, 8)}`],
    ['frozen', String(encoder.isFrozen)],
  ]
}
