/** Tells by the idle time of the processors whether the machine is quiet enough to be measured. */
import { cpus } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'

/** Milliseconds during which the processors are watched. */
const watchedMs = 250

/** Least share of idle time, 0 to 1, of a machine whose measurements can be trusted. */
const leastIdle = 0.5

/** Watches for a quarter of a second. Where a system does not tell its processors' times, every machine counts as quiet. */
export async function isQuiet(): Promise<boolean> {
  const before = readTimes()
  await wait(watchedMs)
  const after = readTimes()
  return after.all === before.all || (after.idle - before.idle) / (after.all - before.all) >= leastIdle
}

/** Times of all processors together since the machine started, in milliseconds. */
function readTimes(): { readonly idle: number; readonly all: number } {
  const times = cpus().map((processor) => processor.times)
  const idle = times.reduce((sum, time) => sum + time.idle, 0)
  return { idle, all: times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, idle) }
}
