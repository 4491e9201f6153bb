/** The keeper copies the database when it is due, looks at it after an unclean end, and saves it where its folder is deleted. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createKeeper } from '#main/services/workspaces/keeper'
import { createSoundness } from '#main/services/workspaces/soundness'
import { openWorkspace } from '#main/storage/workspace'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeCorpus, temporaryFolder, tripleDocs } from '../../support/temporary-workspace.ts'

const day = 86_400_000

/** The keeper of a workspace with one corpus, on a clock that the test sets; it begins far in the future, behind every file. */
function kept(folder = path.join(temporaryFolder(), 'workspace')) {
  const clock = { ms: Date.now() + 100 * day }
  const workspace = openWorkspace(folder, { now: () => clock.ms })
  if (workspace.corpora.list().length === 0) makeCorpus(workspace, tripleDocs(['Mara left .']))
  const context = { ...recordedContext(workspace), now: () => clock.ms }
  const soundness = createSoundness(context)
  const keeper = createKeeper(context, soundness)
  const change = (): void => void workspace.settings.update({ annotator: `Ada ${clock.ms}` })
  const close = async (): Promise<void> => {
    await keeper.close()
    await workspace.endThreads()
    workspace.close()
  }
  onTestFinished(close)
  return { folder, clock, workspace, keeper, soundness, change }
}

describe('the keeper', () => {
  it('copies once a day, wholly checked once a week, and again after the clock was set back', async () => {
    const { clock, keeper } = kept()
    expect((await keeper.keep())?.check).toEqual({ isWhole: true, findings: 0 })
    expect(await keeper.keep()).toBeNull()
    clock.ms -= 50 * day
    expect((await keeper.keep())?.createdMs).toBe(clock.ms)
  })

  it('copies nothing that has not changed, nothing where nobody wants it', async () => {
    const { clock, keeper, workspace } = kept()
    expect(await keeper.keep()).not.toBeNull()
    clock.ms += 2 * day
    expect(await keeper.keep()).toBeNull()
    workspace.settings.update({ dailyBackups: 0 })
    clock.ms -= 101 * day // the time of the write is behind the latest copy now
    expect(await keeper.keep()).toBeNull()
  })

  it('looks at the database after an end that did not close it', async () => {
    const { folder, workspace, keeper } = kept()
    await keeper.close()
    workspace.close()
    writeFileSync(path.join(folder, 'espalier.open'), 'a program that was killed')
    const { soundness } = kept(folder)
    await expect.poll(() => soundness.state()).toMatchObject({ wasLeftOpen: true, findings: [] })
    await expect.poll(() => soundness.state().checkedMs).not.toBeNull()
  })

  it.skipIf(process.platform === 'win32')(
    'saves a database whose folder is deleted while it is open, and says so',
    async () => {
      const { folder, keeper, soundness, change } = kept()
      change()
      await keeper.lookForFolder()
      expect(soundness.state().findings).toEqual([])
      rmSync(folder, { recursive: true })
      mkdirSync(folder)
      await keeper.lookForFolder()
      const [{ what, advice } = { what: '', advice: '' }] = soundness.state().findings
      expect(what).toContain('was deleted or moved while it was open')
      const saved = readdirSync(path.dirname(folder)).find((name) => name.startsWith('workspace saved'))
      expect(advice).toContain(`saved into ${path.join(path.dirname(folder), saved ?? '-')}`)
      const again = openWorkspace(path.join(path.dirname(folder), saved ?? ''))
      expect([again.corpora.list().length, again.settings.get().annotator]).toEqual([
        1,
        expect.stringMatching(/^Ada \d+$/),
      ])
      again.close()
    },
  )
})
