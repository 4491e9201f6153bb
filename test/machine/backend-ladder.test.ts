/** Which backend is taken, how that is remembered, and what happens when it breaks down in the middle of the work. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AppEvent } from '#main/api/events'
import type { RunRequest } from '#main/api/runs'
import type { DoctorReport } from '#main/api/system'
import { configFolder } from '#main/machine/config-folder'
import type { Services } from '#main/services/services'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

const twoCards = new URL('../support/two-cards-entry.ts', import.meta.url)
const breakdown = 'webgpu failed: The graphics card stopped in the middle of its work.'

function request(corpusId: number, changes: Partial<RunRequest> = {}): RunRequest {
  return {
    corpusId,
    variants: ['pmei'],
    seeds: [1],
    preset: 'recommended',
    vectors: null,
    encoder: null,
    model: { wordDimension: 8, hidden: 8, casingDimension: 4 },
    training: { epochs: 3, batchSize: 12, learningRate: 0.02, patience: 100 },
    backend: 'auto',
    threads: 1,
    fromRunId: null,
    ...changes,
  }
}

/** Everything that is told until the run settles, its last word included. */
async function follow({ handlers }: Services, start: () => Promise<{ readonly runId: string }>) {
  const events: AppEvent[] = []
  const listening = await handlers.system.events()
  const { runId } = await start()
  for await (const event of listening) {
    events.push(event)
    if (event.type === 'run' && event.run.runId === runId && !['queued', 'running'].includes(event.run.status))
      return { run: event.run, notices: noticesOf(events) }
  }
  throw new Error('the services closed')
}

function noticesOf(events: readonly AppEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'notice' ? [event.message] : []))
}

async function firstOf<T>(list: Promise<readonly T[]>): Promise<T> {
  const [first] = await list
  if (first === undefined) throw new Error('there is none')
  return first
}

const backendOf = ({ backends }: DoctorReport, backend: string) => backends.find(({ name }) => name === backend)

describe('the backend ladder of a machine with several backends', () => {
  it('is measured, and the fastest one is taken; what broke down says so', async () => {
    const { handlers } = await openTestServices(temporaryFolder(), twoCards)
    const report = await handlers.system.doctor()
    expect(report.chosenBackend).toBe('webgpu')
    expect(backendOf(report, 'webgpu')).toMatchObject({ speed: { stepsPerSecond: 30, ofChosen: 1 }, passedOver: null })
    expect(backendOf(report, 'wasm')).toMatchObject({
      speed: { stepsPerSecond: 10, ofChosen: 1 / 3 },
      passedOver: "0.33 of the chosen one's speed here",
    })
    expect(backendOf(report, 'wasm-wide')).toMatchObject({
      speed: null,
      passedOver: 'it computes something else than the others here',
    })
    expect(backendOf(report, 'tensorflow')).toMatchObject({
      isAvailable: true,
      speed: null,
      passedOver: 'The compute process stopped in the middle of its work (exit code 3).',
    })
    expect(backendOf(report, 'plain')).toMatchObject({ speed: null, passedOver: 'slower than the chosen one' })
  })

  it('is measured once per machine, and again when somebody asks or the machine is another', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'config', 'machine.json')
    const measuredMs = async (ask: 'doctor' | 'measure'): Promise<number | null> => {
      const services = await openTestServices(folder, twoCards)
      const report = await services.handlers.system[ask]()
      await services.close()
      return report.measuredMs
    }
    const first = await measuredMs('doctor')
    expect(first).not.toBeNull()
    expect(await measuredMs('doctor')).toBe(first)
    const asked = await measuredMs('measure')
    expect(asked).toBeGreaterThan(first ?? Infinity)
    expect(await measuredMs('doctor')).toBe(asked)

    writeFileSync(file, readFileSync(file, 'utf8').replace('a made-up webgpu', 'another card'))
    const another = await measuredMs('doctor')
    expect(another).toBeGreaterThan(asked ?? Infinity)
    writeFileSync(file, '{"half": ')
    expect(await measuredMs('doctor')).toBeGreaterThan(another ?? Infinity)
    writeFileSync(file, '{"host": {"machine": 1}}')
    expect(await measuredMs('doctor')).not.toBeNull()
  })
})

describe('a backend that fails in the middle of a run', () => {
  it('is followed by the next one from the last checkpoint, with a message and a note', async () => {
    const services = await openTestServices(temporaryFolder(), twoCards)
    const corpusId = await importTiny(services, { train: 24, dev: 6, test: 6 })
    const { run, notices } = await follow(services, () => firstOf(services.handlers.runs.start(request(corpusId))))
    const message = `${breakdown} The run goes on with wasm, from its last checkpoint.`
    expect(run).toMatchObject({ status: 'finished', epoch: 3, failure: null })
    expect(run.notes).toContain(message)
    expect(notices).toEqual([`${run.name}: ${message}`])
    expect(run.device).toContain('WebAssembly')
    expect(run.device).toContain('; tensorflow-gpu passed over: ')
    const { points } = await services.handlers.runs.get({ runId: run.runId })
    expect(points.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
  })

  it('leaves a run that asked for no other one interrupted, with the reason, and it can go on later', async () => {
    const services = await openTestServices(temporaryFolder(), twoCards)
    const corpusId = await importTiny(services, { train: 24, dev: 6, test: 6 })
    const start = () => firstOf(services.handlers.runs.start(request(corpusId, { backend: 'webgpu' })))
    const { run, notices } = await follow(services, start)
    expect(run).toMatchObject({
      status: 'interrupted',
      epoch: 1,
      failure: 'The graphics card stopped in the middle of its work.',
    })
    expect(notices).toEqual([])
    const resumed = await follow(services, () => services.handlers.runs.resume({ runId: run.runId }))
    expect(resumed.run).toMatchObject({ status: 'interrupted', epoch: 2 })
  })
})

describe('a compute process that crashes in the middle of a run', () => {
  it('is followed by another one from the last checkpoint on the same backend, and changes no number', async () => {
    const numbersOf = async (entry?: URL) => {
      const services = await openTestServices(temporaryFolder(), entry)
      const corpusId = await importTiny(services, { train: 24, dev: 6, test: 6 })
      const start = () => firstOf(services.handlers.runs.start(request(corpusId, { backend: 'wasm' })))
      const { run, notices } = await follow(services, start)
      const { points } = await services.handlers.runs.get({ runId: run.runId })
      const numbers = points.map(({ epoch, losses, dev }) => ({ epoch, losses, dev }))
      return { run, notices, numbers }
    }
    const crashed = await numbersOf(new URL('../support/crash-after-epoch-entry.ts', import.meta.url))
    const message =
      'The compute process stopped in the middle of its work (SIGTRAP). The run goes on in another one, from its last checkpoint.'
    expect(crashed.run).toMatchObject({ status: 'finished', epoch: 3, failure: null })
    expect(crashed.run.notes).toContain(message)
    expect(crashed.notices).toEqual([`${crashed.run.name}: ${message}`])
    const whole = await numbersOf()
    expect(whole.run.notes).not.toContain(message)
    expect(crashed.numbers).toEqual(whole.numbers)
  })
})

describe('a backend that fails while sentences are read', () => {
  it('is followed by the next one for the sentences that are left, and left alone by the next reading', async () => {
    const services = await openTestServices(temporaryFolder(), twoCards)
    const corpusId = await importTiny(services, { train: 24, dev: 6, test: 12 })
    const { run } = await follow(services, () => firstOf(services.handlers.runs.start(request(corpusId))))
    // the run has met the breakdown, as its calibration on dev has, and looking for backends anew forgets it
    await services.handlers.runs.calibrate({ runId: run.runId })
    await services.handlers.system.doctor()
    const read = async (name: 'test' | 'train') => {
      const events = await services.handlers.system.events()
      const { triples } = await services.handlers.runs.evaluate({ runId: run.runId, split: name })
      const heard: AppEvent[] = []
      for await (const event of events) {
        heard.push(event)
        if (event.type === 'task' && event.task.state === 'finished') break
      }
      return { triples, notices: noticesOf(heard) }
    }
    const { notices } = await read('test')
    const crash = 'The compute process stopped in the middle of its work (exit code 3).'
    expect(notices).toEqual([
      `${crash} Reading goes on in another one.`,
      `webgpu failed: ${crash} Reading goes on with wasm.`,
    ])
    expect((await read('train')).notices).toEqual([])

    const onWasm = request(corpusId, { backend: 'wasm', fromRunId: null })
    const { run: same } = await follow(services, () => firstOf(services.handlers.runs.start(onWasm)))
    const [broken, whole] = await Promise.all(
      [run, same].map(async ({ runId }) => {
        const evaluation = await services.handlers.runs.evaluate({ runId, split: 'test' })
        return { ...evaluation, predictedMs: 0, scoredMs: 0 } // the same but for when it was made
      }),
    )
    expect(broken).toEqual(whole)
  })
})

it('keeps what belongs to the machine where the system wants it', () => {
  expect(configFolder({ XDG_CONFIG_HOME: '/home/ada/conf' }, 'linux')).toBe('/home/ada/conf/Espalier')
  expect(configFolder({}, 'linux')).toMatch(/\.config\/Espalier$/)
  expect(configFolder({}, 'darwin')).toMatch(/Library\/Application Support\/Espalier$/)
  expect(configFolder({ APPDATA: '/ada/Roaming' }, 'win32')).toBe('/ada/Roaming/Espalier')
})
