/** SettingsRepository: the settings of this workspace. */
import { userInfo } from 'node:os'
import type { Settings } from '#main/core/preferences'
import type { Database } from './database.ts'

export interface SettingsRepository {
  get(): Settings
  /** Changes the given settings and answers with all. */
  update(part: { readonly [Name in keyof Settings]?: Settings[Name] | undefined }): Settings
}

export function createSettingsRepository(database: Database): SettingsRepository {
  const get = (): Settings => {
    const rows = database.all<{ name: string; value: string }>('SELECT name, value FROM setting')
    const stored = Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]))
    return {
      annotator: accountName(),
      hasSeenTour: false,
      shortcuts: {},
      hasLetterKeys: true,
      blindShare: 0,
      blindSeed: 1,
      blindSinceMs: 0,
      suggestOnTest: false,
      reading: {},
      dailyBackups: 7,
      ...stored,
    }
  }
  return {
    get,
    update: (part) =>
      database.transaction(() => {
        for (const [name, value] of Object.entries(part))
          if (value !== undefined)
            database.run('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)', name, JSON.stringify(value))
        return get()
      }),
  }
}

/** The name of the user account; "annotator" where the system has none. */
function accountName(): string {
  try {
    return userInfo().username || 'annotator'
  } catch {
    return 'annotator' // a container's user may have no name
  }
}
