/** States of a frozen encoder outlive the program, are shared by who writes at once, and survive a kill in mid-record. */
import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStateFolder } from '#main/worker/state-folder'
import { flipBit } from '../support/flip-bit.ts'
import { temporaryFolder } from '../support/services.ts'

function open(folder: string) {
  const states = openStateFolder(folder)
  onTestFinished(() => states.close())
  return states
}

const sentence = fc.array(fc.string(), { maxLength: 6 })
const floats = fc.float32Array({ maxLength: 40, noNaN: true })

describe('a folder of states', () => {
  it('gives back what was put in, to the bit, also after it was opened again', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(sentence, floats), { maxLength: 12 }), (records) => {
        const folder = temporaryFolder()
        const states = openStateFolder(folder)
        for (const [words, values] of records) states.put(words, values)
        const last = new Map(records.map(([words, values]) => [JSON.stringify(words), values]))
        const again = openStateFolder(folder)
        for (const [words, values] of last)
          for (const from of [states, again]) expect(from.get(JSON.parse(words) as string[])).toEqual(values)
        states.close()
        again.close()
      }),
      { numRuns: 30 },
    )
  })

  it('knows words apart by where they end', () => {
    const states = open(temporaryFolder())
    states.put(['a b'], Float32Array.of(1))
    expect(states.get(['a', 'b'])).toBeNull()
  })

  it('shows one writer what another has written since', () => {
    const folder = temporaryFolder()
    const [one, other] = [open(folder), open(folder)]
    expect(other.get(['Ada'])).toBeNull()
    one.put(['Ada'], Float32Array.of(1, 2))
    other.put(['Jon'], Float32Array.of(3))
    expect(other.get(['Ada'])).toEqual(Float32Array.of(1, 2))
    expect(one.get(['Jon'])).toEqual(Float32Array.of(3))
  })

  it('does not read a record that was cut off, and keeps all others', () => {
    const folder = temporaryFolder()
    const states = open(folder)
    states.put(['whole'], Float32Array.of(1, 2, 3))
    const [name = ''] = readdirSync(folder)
    const whole = readFileSync(path.join(folder, name)).length
    states.put(['torn'], Float32Array.of(4, 5, 6))
    for (const kept of [whole + 1, whole + 35, whole + 37, whole + 67, whole + 69]) {
      appendFileSync(path.join(folder, name), Buffer.alloc(64))
      truncateSync(path.join(folder, name), kept)
      const again = open(folder)
      expect(again.get(['whole'])).toEqual(Float32Array.of(1, 2, 3))
      expect(again.get(['torn'])).toBeNull()
      again.put(['later'], Float32Array.of(7))
      expect(open(folder).get(['later'])).toEqual(Float32Array.of(7))
    }
  })

  it('never gives back a record of which any one bit was flipped, and takes a new one in its place', () => {
    const folder = temporaryFolder()
    const [words, values] = [['Ada', 'led'], Float32Array.of(1, -2, 0.5)]
    open(folder).put(words, values)
    const [name = ''] = readdirSync(folder)
    const file = path.join(folder, name)
    for (let bit = 0; bit < readFileSync(file).length * 8; bit++) {
      flipBit(file, bit)
      const states = openStateFolder(folder)
      expect(states.get(words)).toBeNull()
      states.close()
      flipBit(file, bit)
    }
    flipBit(file, -1)
    const states = open(folder)
    expect(states.get(words)).toBeNull()
    states.put(words, values)
    expect(states.get(words)).toEqual(values)
  })

  it('removes what an older version kept without sums, since nobody can tell whether it is whole', () => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'old.states'), Buffer.alloc(64))
    open(folder)
    expect(readdirSync(folder)).toEqual([])
  })
})
