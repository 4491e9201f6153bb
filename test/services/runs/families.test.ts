/** Families beside PMEI, from the request to what a person sees: trained, scored, tuned, extracted, exported, and refused where they must be. */
import path from 'node:path'
import { expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import { openModelFolder } from '#main/model-folder/model-folder'
import { rivalNames } from '#main/runs/family-name'
import { exportOnnx } from '#main/services/models/export-onnx'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'

it('are trained side by side, scored, tuned, extract, and go into a folder that predicts the same', async () => {
  const home = temporaryFolder()
  const services = await openTestServices(path.join(home, 'workspace'))
  const { handlers } = services
  const corpusId = await importTiny(services)
  const asked = (changes: object) =>
    runRequest.parse({
      ...{ corpusId, variants: rivalNames, seeds: [1], backend: 'wasm', threads: 1, vectors: 'none' },
      model: { wordDimension: 16, hidden: 16, casingDimension: 4 },
      training: {
        epochs: 30,
        batchSize: 10,
        learningRate: 0.02,
        average: 0,
        dropout: 0,
        wordDropout: 0,
        tuning: 'none',
      },
      ...changes,
    })
  const runs = await handlers.runs.start(asked({}))
  expect(runs.map(({ name }) => name)).toEqual(rivalNames.map((name) => `${name} seed 1`))
  const states = async () => [...new Set((await handlers.runs.list()).map(({ status }) => status))]
  await expect.poll(states, { timeout: 60_000 }).toEqual(['finished'])

  for (const { runId, config } of runs) {
    const { variant } = config
    const evaluation = await handlers.runs.evaluate({ runId, split: 'test' })
    expect([variant, evaluation.triples.exact.f1 > 0.5]).toEqual([variant, true])
    const { thresholds } = await handlers.runs.tune({ runId })
    expect(thresholds?.before.f1).toBeGreaterThan(0.5)
    const { sentences } = await handlers.extraction.text({ runId, text: 'Ilse Dorn founded Fernhall .' })
    expect([variant, sentences[0]?.triples]).toMatchObject([
      variant,
      [{ subject: { text: 'Ilse Dorn' }, relation: 'founded', object: { text: 'Fernhall' } }],
    ])
    const folder = path.join(home, variant)
    await handlers.models.export({ runId, path: folder, taskId: variant, vectors: 'known', replace: false })
    const model = await openModelFolder(folder)
    await expect(exportOnnx(model, path.join(home, 'onnx'))).rejects.toThrow(
      `${variant} seed 1 is of the family ${variant}, and only models of PMEI are exported as ONNX graphs.`,
    )
  }

  // all were tuned, whether or not their thresholds changed, so that they compare; one that is not does not
  const ids = runs.slice(0, 2).map(({ runId }) => runId)
  const whyNot = async () =>
    (await handlers.comparisons.differences({ runIds: ids, match: 'exact', split: 'test' })).rows.map(({ why }) => why)
  expect(await whyNot()).toEqual([null])
  await handlers.runs.untune({ runId: ids[1] ?? '' })
  expect(await whyNot()).toEqual([expect.stringContaining('tuned')])

  const [rin] = runs
  await expect(handlers.runs.start(asked({ variants: ['grid'], fromRunId: rin?.runId, model: {} }))).rejects.toThrow(
    'rin seed 1 is rin; a run of grid cannot start from its weights.',
  )
  await expect(handlers.runs.start(asked({ training: { alpha: 0.5 } }))).rejects.toThrow(
    'Alpha is no setting of rin, grid and casrel: leave it out.',
  )
  await services.close()
})
