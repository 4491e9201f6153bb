/** Damage as a disk does it: one bit of a file is another one. */
import { readFileSync, writeFileSync } from 'node:fs'

/** @param bit from 0 up; a negative one counts from the end of the file. */
export function flipBit(file: string, bit: number): void {
  const bytes = readFileSync(file)
  const at = bit < 0 ? bytes.length * 8 + bit : bit
  bytes.writeUInt8(bytes.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3)
  writeFileSync(file, bytes)
}
