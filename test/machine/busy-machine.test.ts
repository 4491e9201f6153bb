/** A machine that was too busy to be measured is not judged by it: its fast kernels compute, and it is measured again when it is quiet. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { ProcessFailure } from '#main/backends/backend-failure'
import type { ComputeHost, Job, ProbedBackend, WorkerEvent } from '#main/compute/messages'
import { createBackendLadder, type BackendLadder } from '#main/machine/backend-ladder'
import { describeMachine } from '#main/machine/measurements'
import { noteOnPlain, remarkOnPlain } from '#main/machine/plain-note'
import { backendNames, type BackendName } from '#main/runs/backend-name'
import { temporaryFolder } from '../support/services.ts'

/** What becomes of a measurement: its steps per second, an error, or no step until it is cancelled. */
type Outcome = number | Error | 'no step'

/** A machine with these backends beside `plain`; `outcomes` may be changed while it runs. */
function machineWith(outcomes: Partial<Record<BackendName, Outcome>>) {
  const measured: BackendName[] = []
  const backends = backendNames.map((name): ProbedBackend => ({
    name,
    isExperimental: name === 'wasm-wide',
    isAvailable: name === 'plain' || name in outcomes,
    reason: `a made-up ${name}`,
  }))
  const compute: ComputeHost = {
    run(job) {
      const cancelled = Promise.withResolvers<void>()
      const nothing = (): void => undefined
      return { events: eventsOf(job, cancelled.promise), cancel: cancelled.resolve, send: nothing, hold: nothing }
    },
    close: async () => undefined,
  }
  async function* eventsOf(job: Job, cancelled: Promise<void>): AsyncGenerator<WorkerEvent> {
    if (job.kind === 'probe') yield { type: 'probed', backends, chosen: 'wasm' }
    if (job.kind !== 'measure') return
    measured.push(job.backend)
    const outcome = outcomes[job.backend]
    if (outcome instanceof Error) throw outcome
    if (typeof outcome === 'number') yield { type: 'measured', stepsPerSecond: outcome, losses: [3, 2, 1] }
    else {
      vi.advanceTimersByTime(20_000) // nobody waits for them
      await cancelled
    }
  }
  return { compute, backends, measured, outcomes }
}

interface Quiet {
  isQuiet: boolean
}

function open(machine: ReturnType<typeof machineWith>, file: string, state: Quiet): BackendLadder {
  let measuredMs = 0
  return createBackendLadder({
    compute: machine.compute,
    file,
    now: () => ++measuredMs,
    isQuiet: async () => state.isQuiet,
  })
}

function setUp() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  return path.join(temporaryFolder(), 'config', 'machine.json')
}

const namesOf = async (ladder: BackendLadder): Promise<BackendName[]> =>
  (await ladder.of('auto', { isLong: true })).map(({ backend }) => backend)

const passedOver = async (ladder: BackendLadder, wanted: BackendName): Promise<string | null | undefined> =>
  (await ladder.report()).backends.find(({ name }) => name === wanted)?.passedOver

const busy =
  'it took no step within 20 seconds when it was measured, while the machine was busy; it is measured again when the machine is quiet'

describe('a machine that is too busy to be measured', () => {
  it('computes with the fast kernels all the same, and stores no verdict on them', async () => {
    const file = setUp()
    const machine = machineWith({ 'wasm-wide': 'no step', wasm: 'no step' })
    const ladder = open(machine, file, { isQuiet: false })
    expect(await namesOf(ladder)).toEqual(['wasm', 'plain'])
    expect(await passedOver(ladder, 'wasm-wide')).toBe(busy)
    expect(await ladder.of('auto', { isLong: true })).toContainEqual({
      backend: 'wasm',
      passedOver: expect.stringContaining(`; wasm-wide passed over: ${busy}`),
    })
    const stored = JSON.parse(readFileSync(file, 'utf8'))[hostname()]
    expect(stored).toMatchObject({ speeds: [], unfinished: ['wasm-wide', 'wasm'], wasBusy: true })
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  it('is measured again as soon as it is quiet, and not before', async () => {
    const file = setUp()
    const machine = machineWith({ 'wasm-wide': 'no step', wasm: 'no step' })
    const state = { isQuiet: false }
    await namesOf(open(machine, file, state))
    expect(machine.measured.splice(0)).toEqual(['wasm-wide', 'wasm'])
    const next = open(machine, file, state) // another start of the program
    expect(await namesOf(next)).toEqual(['wasm', 'plain'])
    expect(machine.measured).toEqual([])
    Object.assign(machine.outcomes, { 'wasm-wide': 3, wasm: 2 })
    state.isQuiet = true
    expect(await namesOf(next)).toEqual(['wasm-wide', 'wasm', 'plain'])
    expect(machine.measured.splice(0)).toEqual(['wasm-wide', 'wasm'])
    expect(await namesOf(open(machine, file, state))).toEqual(['wasm-wide', 'wasm', 'plain'])
    expect(machine.measured).toEqual([])
  })

  it('is measured again when somebody asks', async () => {
    const file = setUp()
    const machine = machineWith({ 'wasm-wide': 'no step', wasm: 'no step' })
    const ladder = open(machine, file, { isQuiet: false })
    await ladder.report()
    Object.assign(machine.outcomes, { 'wasm-wide': 3, wasm: 2 })
    expect(await ladder.measure()).toMatchObject({ chosen: 'wasm-wide' })
  })

  it('does not believe experimental kernels that had nothing to be compared with', async () => {
    const file = setUp()
    const machine = machineWith({ 'wasm-wide': 3, wasm: 'no step' })
    const ladder = open(machine, file, { isQuiet: false })
    expect(await namesOf(ladder)).toEqual(['wasm', 'plain'])
    expect(await passedOver(ladder, 'wasm-wide')).toBe(busy)
  })
})

describe('a driver that takes no step on a quiet machine', () => {
  it('stands behind what was measured and before plain, and is measured again only when somebody asks', async () => {
    const file = setUp()
    const machine = machineWith({ webgpu: 'no step', wasm: 2 })
    const ladder = open(machine, file, { isQuiet: true })
    expect(await namesOf(ladder)).toEqual(['wasm', 'webgpu', 'plain'])
    expect(await namesOf(ladder)).toEqual(['wasm', 'webgpu', 'plain'])
    expect(machine.measured).toEqual(['webgpu', 'wasm'])
    expect(await passedOver(ladder, 'webgpu')).toBe(
      'it took no step within 20 seconds when it was measured; "espalier doctor --measure" measures it again',
    )
  })

  it('stands behind the kernels that need no driver where neither took a step', async () => {
    const file = setUp()
    const machine = machineWith({ webgpu: 'no step', wasm: 'no step', tensorflow: 'no step' })
    expect(await namesOf(open(machine, file, { isQuiet: false }))).toEqual(['wasm', 'webgpu', 'tensorflow', 'plain'])
  })
})

describe('a backend that fails when it is measured', () => {
  it('is left out when it fails by itself, and gets a second chance when only its process crashed', async () => {
    const file = setUp()
    const machine = machineWith({ webgpu: new Error('no adapter'), tensorflow: new ProcessFailure('SIGTRAP'), wasm: 2 })
    const ladder = open(machine, file, { isQuiet: true })
    expect(await namesOf(ladder)).toEqual(['wasm', 'plain'])
    expect(machine.measured).toEqual(['webgpu', 'wasm', 'tensorflow', 'tensorflow'])
    expect(await passedOver(ladder, 'tensorflow')).toContain('SIGTRAP')
  })

  it('stays above plain when its kernels are proven where they start', async () => {
    const file = setUp()
    const machine = machineWith({ wasm: new Error('out of memory'), 'wasm-wide': new Error('out of memory') })
    expect(await namesOf(open(machine, file, { isQuiet: true }))).toEqual(['wasm', 'plain'])
  })
})

describe('what version 0.1.0 remembered of a busy machine', () => {
  const old = (machine: ReturnType<typeof machineWith>, failures: Partial<Record<BackendName, string>>): string =>
    JSON.stringify({
      [hostname()]: {
        machine: describeMachine(machine.backends),
        measuredMs: 5,
        speeds: Object.entries(failures).map(([name, failure]) => ({ name, stepsPerSecond: null, failure })),
      },
    })

  it('is no verdict any more, and is measured again when the machine is quiet', async () => {
    const file = setUp()
    const machine = machineWith({ 'wasm-wide': 3, wasm: 2 })
    const late = 'it took no step within 20 seconds'
    const state = { isQuiet: false }
    const ladder = open(machine, file, state)
    await ladder.measure()
    for (const failures of [
      { 'wasm-wide': late, wasm: late },
      { 'wasm-wide': 'it computes something else than the others here', wasm: late },
    ]) {
      machine.measured.splice(0)
      state.isQuiet = false
      writeFileSync(file, old(machine, failures))
      expect(await namesOf(ladder)).toEqual(['wasm', 'plain'])
      expect(machine.measured).toEqual([])
      state.isQuiet = true
      expect(await namesOf(ladder)).toEqual(['wasm-wide', 'wasm', 'plain'])
    }
  })

  it('stays a verdict where it was one', async () => {
    const file = setUp()
    const machine = machineWith({ webgpu: 3, wasm: 2 })
    const ladder = open(machine, file, { isQuiet: true })
    await ladder.measure()
    machine.measured.splice(0)
    writeFileSync(file, old(machine, { webgpu: 'no adapter', wasm: 'out of memory' }))
    expect(await namesOf(ladder)).toEqual(['wasm', 'plain'])
    expect(await passedOver(ladder, 'webgpu')).toBe('no adapter')
    expect(machine.measured).toEqual([])
  })
})

describe('a machine on which only plain works', () => {
  it('says so, and why, in the run and in the report', async () => {
    const file = setUp()
    const machine = machineWith({})
    const ladder = open(machine, file, { isQuiet: true })
    const [taken] = await ladder.of('auto', { isLong: true })
    expect(taken?.backend).toBe('plain')
    const note = taken && noteOnPlain(taken, 'TensorFlow.js as it comes, in WebAssembly')
    expect(note).toContain('The run computes with TensorFlow.js as it comes, in WebAssembly, many times slower')
    expect(note).toContain('; wasm passed over: a made-up wasm')
    expect(remarkOnPlain(await ladder.report())).toBe(
      'Runs compute with plain, many times slower than with the kernels of this program: nothing else works here, for the reasons given.',
    )
  })

  it('is not mistaken for one with kernels', () => {
    const fast = { backend: 'wasm', passedOver: '' } as const
    expect(noteOnPlain(fast, 'WebAssembly, fused kernels with SIMD')).toBeNull()
    expect(noteOnPlain(fast, 'WebAssembly, plain kernels, since the processor has no SIMD')).toContain(
      'many times slower',
    )
  })
})
