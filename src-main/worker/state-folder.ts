/**
 * States of a frozen encoder in a folder that threads and runs share. Every writer appends to a file of its own, so
 * that a record that was cut off by a kill damages no other: it is the last of its file and is ignored. So is a record that
 * the disk has damaged: its states are computed again.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs'
import { createHash, randomUUID } from 'node:crypto'
import path from 'node:path'
import { makePrivateFolder, privateFileMode } from '#main/files/private'
import type { KeptStates } from '#main/training/frozen-states'

/** A record: SHA-256 of its words, the number of its floats, the SHA-256 of both and of the floats, the floats. */
const keyBytes = 32
const countBytes = 4
const sumBytes = 32
const headBytes = keyBytes + countBytes + sumBytes
const floatBytes = 4

/** Files of such records end in this; those of version 0.1.0, which had no sums, end in `.states` alone. */
const ending = '.sums.states'

interface Place {
  readonly descriptor: number
  readonly offset: number
  readonly floats: number
}

/** Opens the folder, and creates it when missing. @throws Error of the file system, which names the path. */
export function openStateFolder(folder: string): KeptStates {
  makePrivateFolder(folder)
  removeUnchecked(folder)
  const places = new Map<string, Place>()
  /** descriptor of every file, and the end of its last whole record */
  const files = new Map<string, { readonly descriptor: number; end: number }>()
  let own: number | null = null

  /** Reads what was written since the last call, here or by others. */
  function look(): void {
    for (const name of readdirSync(folder).filter((each) => each.endsWith(ending))) {
      const file = files.get(name) ?? { descriptor: openSync(path.join(folder, name), 'r'), end: 0 }
      files.set(name, file)
      readRecords(file)
    }
  }

  function readRecords(file: { readonly descriptor: number; end: number }): void {
    const { size } = fstatSync(file.descriptor)
    const head = Buffer.alloc(headBytes)
    while (file.end + headBytes <= size) {
      readSync(file.descriptor, head, 0, headBytes, file.end)
      const floats = head.readUInt32LE(keyBytes)
      const next = file.end + headBytes + floats * floatBytes
      if (next > size) return
      const place = { descriptor: file.descriptor, offset: file.end + headBytes, floats }
      places.set(head.toString('hex', 0, keyBytes), place)
      file.end = next
    }
  }

  return {
    get(words) {
      const key = keyOf(words).toString('hex')
      if (!places.has(key)) look()
      const place = places.get(key)
      if (!place) return null
      const record = Buffer.alloc(headBytes + place.floats * floatBytes)
      readSync(place.descriptor, record, 0, record.length, place.offset - headBytes)
      const states = new Float32Array(place.floats)
      new Uint8Array(states.buffer).set(record.subarray(headBytes))
      if (sumOf(record).equals(record.subarray(keyBytes + countBytes, headBytes))) return states
      places.delete(key)
      return null
    },
    put(words, states) {
      own ??= openSync(path.join(folder, `${randomUUID()}${ending}`), 'a', privateFileMode)
      const record = Buffer.alloc(headBytes + states.byteLength)
      keyOf(words).copy(record)
      record.writeUInt32LE(states.length, keyBytes)
      record.set(new Uint8Array(states.buffer, states.byteOffset, states.byteLength), headBytes)
      sumOf(record).copy(record, keyBytes + countBytes)
      writeSync(own, record)
    },
    close() {
      for (const { descriptor } of files.values()) closeSync(descriptor)
      if (own !== null) closeSync(own)
    },
  }
}

const keyOf = (words: readonly string[]): Buffer => createHash('sha256').update(JSON.stringify(words)).digest()

/** Over all of a record but the sum itself. */
function sumOf(record: Buffer): Buffer {
  const hash = createHash('sha256').update(record.subarray(0, keyBytes + countBytes))
  return hash.update(record.subarray(headBytes)).digest()
}

/** States without sums cannot be told from damaged ones; computing them again costs some time, once. */
function removeUnchecked(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.endsWith('.states') && !name.endsWith(ending)) rmSync(path.join(folder, name), { force: true })
}
