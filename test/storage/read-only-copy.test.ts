/** A workspace that cannot be written to is open for reading: what it holds is shown, what would change it is refused, and its files stay as they are. */
import { chmodSync, readdirSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLocalClient } from '#main/api/router'
import { openWorkspace } from '#main/storage/workspace'
import { refuseWrites } from '#main/services/system/refuse-writes'
import { copyForReading, whyReadOnly } from '#main/storage/read-only-copy'
import { openTestServices } from '../support/services.ts'
import { makeCorpus, temporaryFolder, tripleDocs } from '../support/temporary-workspace.ts'

function closedWorkspace(): string {
  const folder = temporaryFolder()
  const workspace = openWorkspace(folder)
  makeCorpus(workspace, tripleDocs(['Mara left .', ['Mara', 'left', '.']]))
  workspace.close()
  return folder
}

describe('a workspace that cannot be written to', () => {
  it('is read from a copy, and what is tried to find out leaves nothing', () => {
    const folder = closedWorkspace()
    expect(whyReadOnly(folder)).toBeNull()
    const { folder: place, remove } = copyForReading(folder)
    const copy = openWorkspace(place)
    expect(copy.corpora.list()).toMatchObject([{ name: 'made' }])
    copy.close()
    remove()
    expect(readdirSync(folder)).not.toContain('espalier.probe')
  })

  it('refuses what would change it in a sentence, and answers what only reads', async () => {
    const folder = closedWorkspace()
    const services = await openTestServices(folder)
    const refused = refuseWrites(services.handlers, 'its disk is full')
    const client = createLocalClient(refused)
    const [corpus] = await client.corpora.list()
    const corpusId = corpus?.corpusId ?? 0
    expect((await client.corpora.sentences({ corpusId, filter: {}, offset: 0, limit: 5 })).total).toBe(1)
    await expect(client.corpora.rename({ corpusId, name: 'other' })).rejects.toThrow(
      'The workspace is open for reading alone, since its disk is full. Nothing was changed.',
    )
    await expect(client.annotations.undo({ corpusId })).rejects.toThrow('open for reading alone')
    expect((await client.corpora.list())[0]?.name).toBe('made')
  })

  // whoever may do everything is refused nothing
  it.skipIf(process.getuid?.() === 0)('says that this user may not write there', () => {
    const folder = closedWorkspace()
    chmodSync(folder, 0o500)
    onTestFinished(() => chmodSync(folder, 0o700))
    expect(whyReadOnly(folder)).toContain('this user may not write there')
  })
})
