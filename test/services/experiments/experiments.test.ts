/** Experiments from plan to score, with real training in a real worker. */
import { describe, expect, it } from 'vitest'
import type { ExperimentPlan } from '#main/experiments/plan'
import type { Services } from '#main/services/services'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'

const sizes = { train: 20, dev: 6, test: 6 }

const plan: ExperimentPlan = {
  ...{
    name: 'sweep',
    variants: ['mtl'],
    seeds: [1],
    preset: 'recommended',
    vectors: [null],
    encoder: null,
    search: null,
  },
  settings: {
    ...{ epochs: [1], batchSize: [10], hidden: [4], wordDimension: [4], casingDimension: [0] },
    ...{ alpha: [0.1, 0.01], backend: ['wasm'], threads: [1] },
  },
}

async function overOf({ handlers }: Services, jobId: number | null): Promise<string> {
  for (;;) {
    const { state } = await handlers.jobs.get({ jobId: jobId ?? 0 })
    if (state !== 'queued' && state !== 'running') return state
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('an experiment', () => {
  it('trains and scores the grid, and makes only what is missing when its plan grows', async () => {
    const services = await openTestServices(temporaryFolder())
    const { handlers } = services
    const corpusId = await importTiny(services, sizes)
    const before = await handlers.experiments.estimate({ corpusId, plan })
    expect(before).toMatchObject({ trials: 2, runs: 2, made: 0, refusals: [] })
    const events = await handlers.system.events()
    const { experimentId, jobId } = await handlers.experiments.start({ corpusId, plan })
    const told: string[] = []
    for await (const event of events) {
      if (event.type !== 'job' || event.job.jobId !== jobId) continue
      told.push(event.job.progress?.detail ?? '')
      if (event.job.state === 'finished') break
    }
    expect(told.some((detail) => detail.startsWith('2 runs of 2'))).toBe(true)
    const first = await handlers.experiments.get({ experimentId })
    expect(first.candidates.map(({ trial, variant, runs, dev }) => [trial, variant, runs.length, dev?.runs])).toEqual([
      ['alpha 0.1', 'mtl', 1, 1],
      ['alpha 0.01', 'mtl', 1, 1],
    ])
    const runIds = first.candidates.flatMap(({ runs }) => runs.map(({ runId }) => runId))
    for (const runId of runIds)
      for (const split of ['dev', 'test'] as const)
        expect((await handlers.runs.evaluation({ runId, split })).stored).not.toBeNull()

    const grown = { ...plan, seeds: [1, 2] }
    expect(await handlers.experiments.estimate({ corpusId, plan: grown })).toMatchObject({ runs: 4, made: 2 })
    const again = await handlers.experiments.start({ corpusId, plan: grown })
    expect(again.experimentId).toBe(experimentId)
    expect(await overOf(services, again.jobId)).toBe('finished')
    const second = await handlers.experiments.get({ experimentId })
    expect(second.runs.finished).toBe(4)
    expect(second.candidates.map(({ runs }) => runs.map(({ seed }) => seed))).toEqual([
      [1, 2],
      [1, 2],
    ])
    expect(second.candidates.map(({ runs }) => runs[0]?.runId)).toEqual(runIds)
    expect((await handlers.experiments.list()).map(({ name }) => name)).toEqual(['sweep'])

    const shrunk = { ...plan, settings: { ...plan.settings, alpha: [0.01] } }
    const third = await handlers.experiments.start({ corpusId, plan: shrunk })
    expect(await overOf(services, third.jobId)).toBe('finished')
    expect(third.candidates.map(({ runs }) => runs.map(({ runId }) => runId))).toEqual([[runIds[1]]])
  })

  it('lets the better half of a search go on, keeps the others, and reads test for the best alone', async () => {
    const services = await openTestServices(temporaryFolder())
    const { handlers } = services
    const corpusId = await importTiny(services, sizes)
    const search = { trials: 2, seed: 1, halving: { epochs: 1, factor: 2 } }
    const settings = { ...plan.settings, epochs: [100], patience: [2], learningRate: [0.02, 0.00001] }
    const searching = { ...plan, name: 'search', settings: { ...settings, alpha: [0.1] }, search }
    const { experimentId, jobId } = await handlers.experiments.start({ corpusId, plan: searching })
    expect(await overOf(services, jobId)).toBe('finished')
    const { candidates, runs } = await handlers.experiments.get({ experimentId })
    expect(runs).toMatchObject({ finished: 1, interrupted: 1 })
    const left = candidates.flatMap((candidate) => candidate.runs).find(({ status }) => status === 'interrupted')
    expect(left?.epoch).toBeLessThan(100)
    const { run } = await handlers.runs.get({ runId: left?.runId ?? '' })
    expect(run.notes?.at(-1)).toBe('The search went on without it after epoch 1.')
    expect((await handlers.runs.evaluation({ runId: run.runId, split: 'test' })).stored).toBeNull()
  })

  it('stops with its runs, outlives the program, and goes on by the same plan without a run twice', async () => {
    const folder = temporaryFolder()
    const services = await openTestServices(folder)
    const corpusId = await importTiny(services, sizes)
    const long = { ...plan, settings: { ...plan.settings, epochs: [300], patience: [300] } }
    const { jobId } = await services.handlers.experiments.start({ corpusId, plan: long })
    await expect.poll(async () => (await services.handlers.runs.list()).some(({ epoch }) => epoch > 0)).toBe(true)
    await services.handlers.jobs.pause({ jobId: jobId ?? 0 })
    expect(await overOf(services, jobId)).toBe('paused')
    await expect
      .poll(async () => (await services.handlers.runs.list()).map(({ status }) => status))
      .toEqual(['interrupted', 'interrupted'])
    await services.close()

    const again = await openTestServices(folder)
    const { handlers } = again
    const started = await handlers.experiments.start({ corpusId, plan: long })
    expect(started.jobId).toBe(jobId)
    expect(started.candidates.flatMap(({ runs }) => runs)).toHaveLength(2)
    await expect.poll(async () => (await handlers.runs.list()).some(({ status }) => status === 'running')).toBe(true)
    await handlers.jobs.cancel({ jobId: jobId ?? 0 })
    await expect
      .poll(async () => (await handlers.runs.list()).map(({ status }) => status))
      .toEqual(['cancelled', 'cancelled'])
  })

  it('is refused for a grid without an end, before anything is made', async () => {
    const services = await openTestServices(temporaryFolder())
    const corpusId = await importTiny(services, sizes)
    const values = Array.from({ length: 1000 }, (_, at) => at + 1)
    const endless = { ...plan, settings: { epochs: values, hidden: values } }
    await expect(services.handlers.experiments.start({ corpusId, plan: endless })).rejects.toThrow(
      'These are 1,000,000 runs (1 variant × 1 seed × 1,000 values of epochs × 1,000 values of hidden).',
    )
    expect(await services.handlers.runs.list()).toEqual([])
  })
})
