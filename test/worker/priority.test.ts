/** Compute gives way to the window, and keeps a priority that a person made lower still. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const program = `
  import { getPriority, setPriority } from 'node:os'
  import { giveWay } from ${JSON.stringify(new URL('../../src-main/worker/priority.ts', import.meta.url).href)}
  setPriority(0, Number(process.argv[1]))
  giveWay()
  console.log(getPriority(0))`

/** The priority after `giveWay`, of a process that began with another; larger numbers give way to smaller ones. */
function priorityAfter(before: number): number {
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program, String(before)])
  return Number(stdout.toString())
}

describe('the priority of compute', () => {
  it('is lowered below that of the window', () => {
    expect(priorityAfter(0)).toBe(10)
  })

  it('stays where it is lower already, as under nice', () => {
    expect(priorityAfter(19)).toBe(19)
  })
})
