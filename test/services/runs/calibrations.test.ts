/** Calibrations of runs are computed after training and on demand, kept, and computed again when gold or weights changed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProcessHost } from '#main/compute/host'
import { openServices, type Services } from '#main/services/services'
import { importTiny } from '../../support/services.ts'
import { trainTiny } from '../../support/trained.ts'

let services: Services
let corpusId = 0
let runId = ''
let folder = ''

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'espalier-calibrate-'))
  services = await openServices({
    ...{ workspace: path.join(folder, 'workspace'), config: path.join(folder, 'config') },
    compute: createProcessHost(),
  })
  corpusId = await importTiny(services, { train: 12, dev: 6, test: 6 })
  runId = await trainTiny(services, corpusId)
}, 60_000)

afterAll(async () => {
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a run', () => {
  it('is calibrated after it was trained, without anybody asking', async () => {
    const look = () => services.handlers.runs.calibration({ runId })
    await expect.poll(look, { timeout: 30_000, interval: 50 }).not.toBeNull()
    const found = await look()
    expect(found).toMatchObject({ runId, checkpointEpoch: 1, mode: 'exact', sentences: 6 })
    expect(Object.values(found?.gold ?? {}).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0)
    expect(found?.seen).not.toEqual([])
    // the tenths of dev hold all of it
    expect(found?.text.reduce((sum, { sentences }) => sum + sentences, 0)).toBe(6)
    expect(found?.text[0]?.wordsWithoutVector).toBeNull()
  })

  it('is not calibrated again while its weights and dev are the same, and again when gold changed', async () => {
    const first = await services.handlers.runs.calibrate({ runId })
    expect(await services.handlers.runs.calibrate({ runId })).toEqual(first)
    const { rows } = await services.handlers.corpora.sentences({
      ...{ corpusId, filter: { splits: ['dev'] }, offset: 0, limit: 1 },
    })
    const sentenceId = rows[0]?.sentenceId ?? 0
    const { annotation } = await services.handlers.annotations.open({ sentenceId, runId: null })
    const [before] = annotation.relations
    if (!before) throw new Error('the sentence has no relation')
    await services.handlers.annotations.apply({
      ...{ sentenceId, description: 'without it', changes: [{ kind: 'relation', before, after: null }] },
    })
    // what is stored is still shown, and replaced where it is asked for
    expect(await services.handlers.runs.calibration({ runId })).toEqual(first)
    const second = await services.handlers.runs.calibrate({ runId })
    expect(second.devSha256).not.toBe(first.devSha256)
    expect(await services.handlers.runs.calibration({ runId })).toEqual(second)
  })
})

it('a run whose corpus has no dev says what calibration needs', async () => {
  const { handlers } = services
  const { rows } = await handlers.corpora.sentences({ corpusId, filter: { splits: ['dev'] }, offset: 0, limit: 100 })
  await handlers.corpora.assignSplit({
    ...{ corpusId, split: 'test', taskId: 'move' },
    selection: { sentenceIds: rows.map(({ sentenceId }) => sentenceId) },
  })
  await expect(handlers.runs.calibrate({ runId })).rejects.toThrow(/dev split of "Tiny" is empty/)
})
