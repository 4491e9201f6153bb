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
  /** Training steps a second; null when the backend failed. */
  readonly stepsPerSecond: number | null
  readonly failure: string | null
}

export interface Measurement {
  /** Fingerprint of the machine and program that were measured. */
  readonly machine: string
  /** Moment of the measurement, in milliseconds since 1970. */
  readonly measuredMs: number
  readonly speeds: readonly Speed[]
  /** Backends that took no step in time, whose speed is unknown. */
  readonly unfinished: readonly BackendName[]
  /** Whether the machine was busy with other work during the measurement. */
  readonly wasBusy: boolean
}

/** A measurement as version 0.1.0 wrote it, without `unfinished` and `wasBusy`. */
type StoredMeasurement = Omit<Measurement, 'unfinished' | 'wasBusy'> &
  Partial<Pick<Measurement, 'unfinished' | 'wasBusy'>>

/** Measurements by the name of the host, since several hosts may share a home folder. */
type MeasurementsByHost = Readonly<Record<string, StoredMeasurement>>

/** Fingerprint of all that could change a measurement: processor, graphics cards as their backends name them, versions. */
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

/** Reads the measurement of this machine; null where there is none, it is of another machine, or the file cannot be read. */
export function readMeasurement(file: string, machine: string): Measurement | null {
  const found = readAll(file)[hostname()]
  return found?.machine === machine ? complete(found) : null
}

/** Writes a measurement. A folder that cannot be written to is ignored, and the next start measures again. */
export async function writeMeasurement(file: string, measured: Measurement): Promise<void> {
  const all = { ...readAll(file), [hostname()]: measured }
  try {
    makePrivateFolder(path.dirname(file))
    await replaceFile(file, new TextEncoder().encode(`${JSON.stringify(all, null, 2)}\n`), privateFileMode)
  } catch {
    return
  }
}

/** Messages with which version 0.1.0 counted backends as failed that had no time for a step, or nothing to be compared with. */
const noTime = /^it took no step within \d+ seconds$/
const isDifferent = /^it computes something else than the others here$/

/** Brings a measurement of version 0.1.0 to the present form. That version counted backends without time for a step as failed. */
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

/** Whether a value has the form that `writeMeasurement` writes, since people may have edited the file. */
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
