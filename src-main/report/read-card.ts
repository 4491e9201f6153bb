/** Reads a run card: what it was asked to do, on which data, and the figures that came out. */
import { AppError } from '#main/core/errors'
import { splits, type Split } from '#main/document/doc'
import { modelNames, type ModelName } from '#main/runs/model-name'
import { presetNames, type PresetName } from '#main/runs/presets'
import type { Setting } from '#main/runs/setting'
import { settings } from '#main/runs/settings'
import { cellsOf } from './card-html.ts'

export interface ReadCard {
  /** "pmei seed 1 on People". */
  readonly title: string
  readonly variant: ModelName
  readonly preset: PresetName
  readonly encoder: string
  /** Name and SHA-256 of the word vectors; null without any. */
  readonly vectors: string | null
  readonly isWarm: boolean
  /** Values of settings by name, as a config holds them. */
  readonly settings: Readonly<Record<string, string | number | boolean>>
  /** SHA-256 of the words and gold of each split. */
  readonly data: Readonly<Record<string, string>>
  readonly split: Split
  /** Figures by what they are of: "triples, exact, F1" → "68.1", "epoch 1, loss" → "3.2". Seconds are not among them. */
  readonly figures: ReadonlyMap<string, string>
}

/** @throws AppError 'invalid-input' naming the file and what it lacks. */
export function readCard(text: string, file: string): ReadCard {
  const fail = (lack: string): never => {
    throw new AppError('invalid-input', `${file} is no run card: it has no ${lack}. "card RUN" prints one.`)
  }
  const title = /^# (.+)$/m.exec(text)?.[1] ?? fail('title')
  const sections = new Map(
    text.split(/^## /m).map((part, at): [string, string] => [at === 0 ? '' : (part.split('\n', 1)[0] ?? ''), part]),
  )
  const facts = new Map(rowsIn(sections.get('') ?? '').map(([name = '', value = '']) => [name, value]))
  const scored = [...sections.keys()].find((name) => name.startsWith('Scores on ')) ?? fail('scores')
  const named = (facts.get('Variant') ?? fail('variant')).split(':', 1)[0]
  const split = splits.find((one) => scored === `Scores on ${one}`) ?? fail('split that is known')
  const scores = figuresIn(sections.get(scored) ?? '', (name) => name)
  if (scores.length === 0) fail('figures')
  return {
    title,
    variant: modelNames.find((name) => name === named) ?? fail(`variant that is known (found "${named}")`),
    preset: presetNames.find((name) => name === facts.get('Preset')) ?? fail('preset that is known'),
    encoder: facts.get('Encoder') ?? '',
    vectors: facts.get('Word vectors') ?? null,
    isWarm: facts.has('Started from'),
    settings: settingsIn(sections.get('Settings') ?? fail('settings'), file),
    data: Object.fromEntries(rowsIn(sections.get('Data') ?? fail('data')).map((row) => [row[0] ?? '', row[3] ?? ''])),
    split,
    figures: new Map([...scores, ...figuresIn(sections.get('Epochs') ?? '', (epoch) => `epoch ${epoch}`)]),
  }
}

/** SHA-256 of the word vectors that a card names; null where it names none. */
export function vectorsHashOf({ vectors }: Pick<ReadCard, 'vectors'>): string | null {
  return /SHA-256 (\w+)/.exec(vectors ?? '')?.[1] ?? null
}

/** The rows of the tables of a section, without heads. */
function rowsIn(section: string): string[][] {
  const lines = section.split('\n').filter((line) => line.startsWith('|'))
  return lines.slice(2).map(cellsOf)
}

function settingsIn(section: string, file: string): ReadCard['settings'] {
  return Object.fromEntries(
    rowsIn(section).map(([label = '', shown = '']) => {
      const setting = settings.find((row) => row.label === label)
      if (!setting)
        throw new AppError(
          'invalid-input',
          `${file}: "${label}" is no setting of this version, so the run cannot be repeated.`,
        )
      return [setting.name, valueOf(setting, shown)]
    }),
  )
}

function valueOf(setting: Setting, shown: string): string | number | boolean {
  if (setting.kind === 'switch') return shown === 'yes'
  if (setting.kind !== 'choice') return Number(shown)
  return Object.entries(setting.choices).find(([, words]) => words === shown)?.[0] ?? shown
}

function figuresIn(section: string, nameOf: (row: string) => string): [string, string][] {
  const head = cellsOf(section.split('\n').find((line) => line.startsWith('|')) ?? '')
  return rowsIn(section).flatMap(([row = '', ...cells]) =>
    cells.flatMap((cell, at): [string, string][] => {
      const column = head[at + 1] ?? ''
      return column === 'seconds' ? [] : [[`${nameOf(row)}, ${column}`, cell]]
    }),
  )
}

/** Figures that two cards do not have alike, as sentences; those that one of them lacks count too. */
export function compareFigures(
  card: ReadCard,
  again: ReadCard,
): { readonly compared: number; readonly differences: readonly string[] } {
  const names = [...new Set([...card.figures.keys(), ...again.figures.keys()])]
  const show = (value: string | undefined): string => value ?? 'nothing'
  return {
    compared: names.length,
    differences: names
      .filter((name) => card.figures.get(name) !== again.figures.get(name))
      .map((name) => `${name}: ${show(card.figures.get(name))} on the card, ${show(again.figures.get(name))} now`),
  }
}
