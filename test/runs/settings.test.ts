/** The table of settings: API, command line, form and card take and show the same, since all are made from its rows. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import { settingsAsked, type TrainOptions } from '#main/cli/commands/train'
import { formatRunCard } from '#main/comparison/run-card'
import { allows, whyRefused } from '#main/runs/check-setting'
import type { RunConfig } from '#main/runs/config'
import { upgradeRunConfig } from '#main/runs/older-config'
import type { ModelName } from '#main/runs/model-name'
import { presetNames, valuesOf } from '#main/runs/presets'
import { settingsOfRun } from '#main/runs/run-settings'
import type { Setting } from '#main/runs/setting'
import { settingNamed, type SettingName } from '#main/runs/setting-values'
import { settings } from '#main/runs/settings'
import { problemsOf } from '../../src-renderer/features/train/draft-problems.ts'
import { emptyDraft, toRunRequest, type RunDraft } from '../../src-renderer/features/train/run-draft.ts'
import { cardParts } from '../support/run-cards.ts'
import { makeRun } from '../support/renderer-runs.ts'
import { trainOptions } from '../support/train-options.ts'

type Value = string | number | boolean

/** Values that a row allows, its limits among them. */
function allowed(row: Setting): Value[] {
  if (row.kind === 'choice') return Object.keys(row.choices)
  if (row.kind === 'switch') return [true, false]
  return [row.least, row.most, row.usual]
}

/** Numbers beside the limits, and what is no number, choice or switch at all. */
function refused(row: Setting): Value[] {
  if (row.kind === 'choice') return ['nonsense', 'toString', '']
  if (row.kind === 'switch') return []
  const beside =
    row.kind === 'whole' ? [row.least - 1, row.most + 1, row.least + 0.5] : [nextBelow(row), nextAbove(row)]
  return [...beside, Infinity, -Infinity]
}
const nextBelow = ({ least }: { least: number }): number => (least === 0 ? -Number.MIN_VALUE : least * (1 - 1e-12))
const nextAbove = ({ most }: { most: number }): number => most * (1 + 1e-12)

const base = { corpusId: 1, variants: ['mtl'], seeds: [1] }

/** A request that asks for one value. */
function requestWith({ name, part }: Setting, value: unknown): object {
  if (part === 'seed') return { ...base, seeds: [value] }
  if (part === 'machine') return { ...base, [name]: value }
  return { ...base, [part === 'training' ? 'training' : 'model']: { [name]: value } }
}

/** A model that has the setting. */
const modelWith = (families: Setting['families']): ModelName => families?.[0] ?? 'pmei'

function draftWith({ name, part, families }: Setting, value: Value): RunDraft {
  const draft = { ...emptyDraft(1), variants: [modelWith(families)] }
  return part === 'seed' ? { ...draft, seeds: String(value) } : { ...draft, fields: { ...draft.fields, [name]: value } }
}

/** What is typed for a value. */
function argumentsFor({ flag, kind }: Setting, value: Value): string[] {
  if (kind === 'switch') return [value === true ? flag : flag.replace('--', '--no-')]
  return [`${flag}=${value}`]
}

describe.each(settings.map((row) => [row.name, row as Setting] as const))('%s', (name, row) => {
  it('takes its limits and every choice in the API, on the command line and in the form', () => {
    for (const value of allowed(row)) {
      expect([value, runRequest.safeParse(requestWith(row, value)).error?.message]).toEqual([value, undefined])
      expect([value, trainOptions(...argumentsFor(row, value))]).toEqual([value, expect.any(Object)])
      expect([value, [...problemsOf(draftWith(row, value)).values()]]).toEqual([value, []])
    }
  })

  it('asks for the same from the form and from the command line', () => {
    for (const value of allowed(row)) {
      const request = runRequest.parse(requestWith(row, value))
      expect(runRequest.parse(toRunRequest(draftWith(row, value)))).toMatchObject(asked(request, row))
      const options = trainOptions(...argumentsFor(row, value)) as TrainOptions // the limits are taken, see above
      expect(runRequest.parse({ ...base, ...settingsAsked(options) })).toMatchObject(asked(request, row))
    }
  })

  it('refuses what lies just outside with its name, its limits and what was given, everywhere alike', () => {
    for (const value of refused(row)) {
      const sentence = whyRefused(row, value)
      expect(sentence).toContain(`${row.label} must be `)
      const { error } = runRequest.safeParse(requestWith(row, value))
      expect([value, error?.issues.map(({ message }) => message)]).toEqual([value, [sentence]])
      const complaint = String(trainOptions(...argumentsFor(row, value)))
      expect(complaint).toContain(`error: ${row.flag} ${String(value)}: `)
      expect(complaint.toLowerCase()).toContain(limits(sentence).toLowerCase())
      const [problem] = problemsOf(draftWith(row, value)).values()
      if (row.kind !== 'choice') expect([value, problem]).toEqual([value, expect.stringContaining(limits(sentence))])
    }
  })

  it('stands on the card and among the settings of a run', () => {
    for (const value of allowed(row)) {
      const run = makeRun(modelWith(row.families), 1)
      const config = configWith(run.config, row, value)
      const found = settingsOfRun(config).find(({ setting }) => setting.name === name)
      expect(found?.value).toBe(value)
      expect(formatRunCard({ ...cardParts, run: { ...run, config } })).toContain(`| ${row.label} | ${found?.shown} |`)
    }
  })

  it('has a usual value within its limits, and an older run without it gets that', () => {
    expect(allows(row, row.usual)).toBe(true)
    const { config } = makeRun(modelWith(row.families), 1)
    const older = upgradeRunConfig(configWith(config, row, undefined))
    expect(settingsOfRun(older).find(({ setting }) => setting.name === name)?.value).toBe(row.usual)
  })

  it('appeared in no later version than this one', () => {
    const { version } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'))
    expect(row.since.localeCompare(version, 'en', { numeric: true })).toBeLessThanOrEqual(0)
  })
})

function asked(request: object, { name, part }: Setting): object {
  const values = request as Readonly<Record<string, Record<string, unknown>>>
  if (part === 'seed') return { seeds: values['seeds'] }
  if (part === 'machine') return { [name]: values[name] }
  const group = part === 'training' ? 'training' : 'model'
  return { [group]: { [name]: values[group]?.[name] } }
}

const limits = (sentence: string): string => sentence.slice(0, sentence.lastIndexOf(', '))

function configWith(config: RunConfig, { name, part }: Setting, value: Value | undefined): RunConfig {
  const change = { [name]: value }
  const { model, training } = config
  const changed = {
    training: { ...config, training: { ...training, ...change } },
    seed: { ...config, training: { ...training, ...change } },
    lstm: { ...config, model: { ...model, encoder: { ...model.encoder, ...change } } },
    model: { ...config, model: { ...model, ...change } },
    rin: { ...config, model: { ...model, ...change } },
    machine: { ...config, ...change },
  }[part]
  // a field without a value is one that is not stored
  return JSON.parse(JSON.stringify(changed))
}

describe('the table', () => {
  it('has every name and every flag once', () => {
    for (const key of ['name', 'flag', 'label'] as const)
      expect(new Set(settings.map((row) => row[key])).size).toBe(settings.length)
  })

  it('allows every value of every preset', () => {
    for (const preset of presetNames)
      for (const trainSentences of [1, 20, 568, 5019, 1_000_000])
        for (const [name, value] of Object.entries(valuesOf(preset, trainSentences)))
          expect([preset, name, allows(settingNamed(name as SettingName), value)]).toEqual([preset, name, true])
  })
})

it('the sentences read like this', () => {
  const { error } = runRequest.safeParse({ ...base, training: { dropout: 1.5, epochs: 2.5, order: 'sorted' } })
  expect(error?.issues.map(({ message }) => message).toSorted()).toEqual([
    'Epochs must be a whole number from 1 to 10,000, not 2.5.',
    'Input dropout must be a share from 0 to 0.95, not 1.5.',
    'Order of sentences must be one of bucketed, shuffled, file, not "sorted".',
  ])
  expect(trainOptions('--dropout', '1.5')).toBe('error: --dropout 1.5: input dropout must be a share from 0 to 0.95.\n')
  expect(trainOptions('--seeds', '1,,2')).toMatch(/^error: --seeds 1,,2: seed must be .*; separate several by commas/)
})

it('a name that is no setting is refused, not passed over', () => {
  const { error } = runRequest.safeParse({ ...base, training: { droput: 0.5 } })
  expect(error?.issues.map(({ message }) => message).join()).toContain('droput')
})

it('an emptied field is told as such', () => {
  const problems = problemsOf(draftWith(settingNamed('dropout'), Number.NaN))
  expect(problems.get('dropout')).toBe('Input dropout must be a share from 0 to 0.95, and nothing was given.')
})

it('a problem in a field that the draft does not show stops nothing', () => {
  const draft = draftWith(settingNamed('hidden'), 0)
  expect(problemsOf(draft).has('hidden')).toBe(true)
  expect(problemsOf({ ...draft, encoder: 'bert-frozen', encoderFolder: '/bert' }).size).toBe(0)
})
