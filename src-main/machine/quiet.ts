/** Whether the machine is quiet enough to be measured: how much of their time its processors idle. */
import { cpus } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'

/** How long the processors are watched. */
const watchedMs = 250

/** Less idle time than this is that of a machine where measurements say little. */
const leastIdle = 0.5

/** Watches for a quarter of a second. Where a system does not tell its processors' times, every machine counts as quiet. */
export async function isQuiet(): Promise<boolean> {
  const before = readTimes()
  await wait(watchedMs)
  const after = readTimes()
  return after.all === before.all || (after.idle - before.idle) / (after.all - before.all) >= leastIdle
}

/** Of all processors since the machine started, in milliseconds. */
function readTimes(): { readonly idle: number; readonly all: number } {
  const times = cpus().map((processor) => processor.times)
  const idle = times.reduce((sum, time) => sum + time.idle, 0)
  return { idle, all: times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, idle) }
}
