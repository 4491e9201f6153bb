/** Texts of fields with several values, and how an experiment goes through their combinations. */
import type { Spread } from '#main/experiments/plan'
import { allows, whyRefused } from '#main/runs/check-setting'
import type { Setting } from '#main/runs/setting'
import type { SettingName } from '#main/runs/setting-values'

/** Texts of the fields that hold more than one value: "0.1, 0.01", "0.0001 to 0.01", or `each` of the choices. */
export type SpreadTexts = Readonly<Partial<Record<SettingName, string>>>

/** Text of a field of choices that takes each of them. */
export const each = '*'

/** How an experiment goes through its combinations. */
export interface SearchFields {
  readonly tries: 'all' | 'random' | 'halving'
  readonly trials: number
  /** Epochs after which a halving search leaves out candidates for the first time, and one in how many goes on. */
  readonly epochs: number
  readonly factor: number
}

export const usualSearch: SearchFields = { tries: 'all', trials: 20, epochs: 3, factor: 3 }

/** Largest ratio of two limits between which values are drawn evenly; beyond it each power of ten is as likely. */
const mostLinear = 20

/** The values of a text; null where it holds one number alone. @throws Error with a sentence where it is neither. */
export function readSpread(text: string, row: Setting): Spread | null {
  if (row.kind === 'choice') return text === each ? Object.keys(row.choices) : null
  if (row.kind === 'switch') return null
  const range = /^\s*(\S+)\s+to\s+(\S+)\s*$/.exec(text)
  if (range) return readRange(Number(range[1]), Number(range[2]), row)
  if (row.kind !== 'whole' && /^\s*\d+,\d+\s*$/.test(text))
    throw new Error(
      `${row.label}: write ${text.trim().replace(',', '.')} for one number, or a space behind the comma for a list.`,
    )
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  if (parts.length < 2) return null
  const values = parts.map(Number)
  const wrong = values.findIndex((value) => !allows(row, value))
  if (wrong >= 0) throw new Error(whyRefused(row, Number.isNaN(values[wrong]) ? parts[wrong] : values[wrong]))
  return [...new Set(values)]
}

function readRange(from: number, to: number, row: Setting): Spread {
  for (const limit of [from, to]) if (!allows(row, limit)) throw new Error(whyRefused(row, limit))
  if (from >= to) throw new Error(`${row.label} goes from ${from} to ${to}: the first must be the smaller one.`)
  return { from, to, scale: from > 0 && to / from > mostLinear ? 'log' : 'linear' }
}
