/**
 * Keeper: looks after the workspace while it is open. It copies the database once a day when something has changed, checks every copy, once a
 * week all of it, and checks the database itself after an end that did not close it.
 */
import type { KeptBackup } from '#main/document/kept-backup'
import { readOwnPackage } from '#main/machine/own-package'
import type { ServiceContext } from '../context.ts'
import type { SoundnessRecord } from './soundness.ts'

export interface Keeper {
  /** Saves the database elsewhere where somebody deleted the workspace while it was open. */
  lookForFolder(): Promise<void>
  /** Makes the daily copy if it is due; resolves with it, or null where it is not. */
  keep(): Promise<KeptBackup | null>
  close(): Promise<void>
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const weekMs = 7 * dayMs

/** Milliseconds between two looks whether the workspace is still there. */
const lookMs = 5000

/** Milliseconds after the opening: a command that ends at once copies nothing, and the window is there first. */
const afterOpeningMs = 30_000

export function createKeeper(context: ServiceContext, soundness: SoundnessRecord): Keeper {
  const { workspace, emit, now, tellOnce } = context
  const closing = new AbortController()
  let working: Promise<unknown> = Promise.resolve()
  const { readOnly } = soundness.state()

  const daily = (): readonly KeptBackup[] =>
    // a copy from the future was made before the clock was set back: it says nothing about today
    workspace.listKept().filter(({ reason, createdMs }) => reason === 'daily' && createdMs <= now())

  function isDue(): boolean {
    if (readOnly !== null) return false
    const [latest] = daily()
    if (workspace.settings.get().dailyBackups === 0 || workspace.corpora.list().length === 0) return false
    return !latest || (now() - latest.createdMs >= dayMs && workspace.changedMs() > latest.createdMs)
  }

  async function keep(): Promise<KeptBackup | null> {
    if (!isDue()) return null
    const isWhole = !daily().some(({ check, createdMs }) => check?.isWhole && now() - createdMs < weekMs)
    const { backup, findings } = await workspace.keepBackup({
      ...{ reason: 'daily', version: readOwnPackage().version, isWhole, signal: closing.signal },
      daily: workspace.settings.get().dailyBackups,
    })
    emit({ type: 'backups-changed' })
    await soundness.note(findings, isWhole ? 'whole' : 'quick')
    return backup
  }

  function begin(work: () => Promise<unknown>): void {
    working = working.then(async () => {
      if (closing.signal.aborted) return
      await work().catch((error: unknown) => {
        if (closing.signal.aborted) return
        tellOnce(`The daily backup could not be made: ${error instanceof Error ? error.message : String(error)}`)
      })
    })
  }

  let isGone = false
  /** What was annotated stands in a file that has no name any more: it is saved once, and told at once. */
  async function lookForFolder(): Promise<void> {
    if (isGone || workspace.isThere()) return
    isGone = true
    const target = `${workspace.folder} saved ${new Date(now()).toISOString().slice(0, 19).replaceAll(':', '.')}`
    const saved = await workspace.saveInto(target).then(
      () =>
        `Its database was saved into ${target}. Close Espalier, and open that folder, or move it back in its place.`,
      (error: unknown) => `It could not be saved elsewhere: ${error instanceof Error ? error.message : String(error)}`,
    )
    const what = `The workspace ${workspace.folder} was deleted or moved while it was open: what is done from now on is lost.`
    await soundness.note([{ what, advice: saved }], 'whole')
  }

  if (workspace.wasLeftOpen || readOnly !== null || soundness.state().findings.length > 0) begin(soundness.checkQuickly)
  const first = setTimeout(() => begin(keep), afterOpeningMs).unref()
  const each = setInterval(() => begin(keep), hourMs).unref()
  const looking = setInterval(() => void lookForFolder(), lookMs).unref()
  return {
    ...{ keep, lookForFolder },
    async close() {
      clearTimeout(first)
      clearInterval(each)
      clearInterval(looking)
      closing.abort()
      await working
    },
  }
}
