/** Measurements: how fast each backend was on this machine, remembered until the machine or the program is another. */
import { readFileSync } from 'node:fs'
import { cpus, hostname } from 'node:os'
import path from 'node:path'
import { replaceFile } from '#main/files/atomic'
import { makePrivateFolder, privateFileMode } from '#main/files/private'
import type { BackendName } from '#main/runs/backend-name'
import type { ProbedBackend } from '#main/compute/messages'
import { readOwnPackage } from './own-package.ts'

export interface Speed {
  readonly name: BackendName
  /** Null when it failed. */
  readonly stepsPerSecond: number | null
  readonly failure: string | null
}

export interface Measurement {
  /** What the answer depends on. */
  readonly machine: string
  /** Milliseconds since 1970. */
  readonly measuredMs: number
  readonly speeds: readonly Speed[]
  /** Backends that took no step in time: nothing is known of their speed. */
  readonly unfinished: readonly BackendName[]
  /** Whether the machine had other work when it was measured. */
  readonly wasBusy: boolean
}

/** Version 0.1.0 knew neither `unfinished` nor `wasBusy`. */
type StoredMeasurement = Omit<Measurement, 'unfinished' | 'wasBusy'> &
  Partial<Pick<Measurement, 'unfinished' | 'wasBusy'>>

/** A home folder may be shared by several hosts. */
type MeasurementsByHost = Readonly<Record<string, StoredMeasurement>>

/** Whatever could change the answer: processor, cards as their backends name them, versions. */
export function describeMachine(backends: readonly ProbedBackend[]): string {
  const { version, dependencies, optionalDependencies } = readOwnPackage()
  const packages = Object.entries({ ...dependencies, ...optionalDependencies }).filter(([name]) =>
    /^(@tensorflow\/.*|webgpu)$/.test(name),
  )
  const available = backends.filter(({ isAvailable }) => isAvailable).map(({ name, reason }) => [name, reason])
  const processors = cpus()
  return JSON.stringify([
    hostname(),
    processors[0]?.model ?? '',
    processors.length,
    process.version,
    version,
    packages,
    available,
  ])
}

/** Null where nothing was measured yet, on another machine, or nothing can be read. */
export function readMeasurement(file: string, machine: string): Measurement | null {
  const found = readAll(file)[hostname()]
  return found?.machine === machine ? complete(found) : null
}

/** A folder that cannot be written to is no misfortune: it is measured again next time. */
export async function writeMeasurement(file: string, measured: Measurement): Promise<void> {
  const all = { ...readAll(file), [hostname()]: measured }
  try {
    makePrivateFolder(path.dirname(file))
    await replaceFile(file, new TextEncoder().encode(`${JSON.stringify(all, null, 2)}\n`), privateFileMode)
  } catch {
    return
  }
}

/** Verdicts of version 0.1.0 that were none: no time for a step, and a comparison with nothing. */
const noTime = /^it took no step within \d+ seconds$/
const isDifferent = /^it computes something else than the others here$/

/** Brings what version 0.1.0 wrote to today's form: there a backend that had no time on a busy machine had failed for good. */
function complete({ unfinished = [], wasBusy = false, speeds, ...rest }: StoredMeasurement): Measurement {
  const hasCompared = speeds.some(({ stepsPerSecond }) => stepsPerSecond !== null)
  const isVerdict = ({ failure }: Speed): boolean =>
    failure === null || !(noTime.test(failure) || (!hasCompared && isDifferent.test(failure)))
  const withdrawn = speeds.filter((speed) => !isVerdict(speed)).map(({ name }) => name)
  return {
    ...rest,
    speeds: speeds.filter(isVerdict),
    unfinished: [...unfinished, ...withdrawn],
    wasBusy: wasBusy || withdrawn.length > 0,
  }
}

function readAll(file: string): MeasurementsByHost {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isByHost(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

/** Whether it is what `writeMeasurement` wrote: people may have been at it. */
function isByHost(value: unknown): value is MeasurementsByHost {
  return isObject(value) && Object.values(value).every(isMeasurement)
}

function isMeasurement(value: unknown): value is StoredMeasurement {
  if (!isObject(value)) return false
  const { machine, measuredMs, speeds, unfinished = [], wasBusy = false } = value
  return (
    typeof machine === 'string' &&
    typeof measuredMs === 'number' &&
    Array.isArray(speeds) &&
    speeds.every(isSpeed) &&
    Array.isArray(unfinished) &&
    unfinished.every((name) => typeof name === 'string') &&
    typeof wasBusy === 'boolean'
  )
}

function isSpeed(value: unknown): value is Speed {
  if (!isObject(value)) return false
  const { name, stepsPerSecond, failure } = value
  return (
    typeof name === 'string' &&
    (typeof stepsPerSecond === 'number' || stepsPerSecond === null) &&
    (typeof failure === 'string' || failure === null)
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
