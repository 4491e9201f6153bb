/** Schemas of hyperparameters, made from the table of settings. */
import { z } from 'zod'
import { allows, whyRefused } from '#main/runs/check-setting'
import type { Setting, ValueOf } from '#main/runs/setting'
import { settingsOf, type SettingPart, type SettingValues } from '#main/runs/setting-values'

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
