/** Schemas of hyperparameters, made from the table of settings. */
import { z } from 'zod'
import { allows, whyRefused } from '#main/runs/check-setting'
import type { Spread } from '#main/experiments/plan'
import type { Setting, ValueOf } from '#main/runs/setting'
import { settingsOf, type SettingName, type SettingPart, type SettingValues } from '#main/runs/setting-values'

export function schemaOf<Row extends Setting>(setting: Row): z.ZodType<ValueOf<Row>, ValueOf<Row>> {
  return z.custom<ValueOf<Row>>((value) => allows(setting, value), { error: ({ input }) => whyRefused(setting, input) })
}

type Shape<Part extends SettingPart> = {
  readonly [Name in keyof SettingValues<Part>]: z.ZodType<SettingValues<Part>[Name], SettingValues<Part>[Name]>
}

/** Settings of some parts of a config, each of which may be left out; a name that is none is refused. */
export function settingsSchema<Part extends SettingPart>(...parts: readonly Part[]) {
  const entries = settingsOf(...parts).map((row) => [row.name, schemaOf(row)])
  return z.strictObject(Object.fromEntries(entries) as Shape<Part>).partial() // a schema per row
}

const range = z.object({ from: z.number(), to: z.number(), scale: z.enum(['linear', 'log']) })

/** Values that settings of some parts take in an experiment: a list of at least one, or for numbers a range. */
export function spreadsSchema(...parts: readonly SettingPart[]) {
  const spreadOf = (row: Setting): z.ZodType<Spread, Spread> => {
    const value = schemaOf(row)
    const list = z.array(value).min(1, `${row.label} needs at least one value`)
    if (row.kind === 'choice' || row.kind === 'switch') return list
    const limits = range
      .refine(({ from, to }) => from < to, `${row.label}: the first end of a range must be the smaller one`)
      .refine(({ from, scale }) => scale === 'linear' || from > 0, `${row.label}: a logarithmic scale never reaches 0`)
      .refine(({ from, to }) => allows(row, from) && allows(row, to), { error: ({ input }) => whyRefused(row, input) })
    return z.union([list, limits])
  }
  const entries = settingsOf(...parts).map((row) => [row.name, spreadOf(row)])
  return z.strictObject(Object.fromEntries(entries) as Record<SettingName, z.ZodType<Spread, Spread>>).partial() // a schema per row
}
