/** Zip archives in memory, also such as nobody should make. */
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

export type ZipContent = Readonly<Record<string, string | Uint8Array>>

/** An archive of these members, in this order; those that end in a slash are folders. */
export async function zipOf(
  content: ZipContent,
  options: { readonly compress?: boolean; readonly zip64?: boolean } = {},
): Promise<Buffer> {
  const { compress = true, zip64: forceZip64Format = false } = options
  const zip = new ZipFile()
  for (const [name, bytes] of Object.entries(content)) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name)
    else zip.addBuffer(Buffer.from(bytes), name, { compress, forceZip64Format })
  }
  zip.end({ forceZip64Format, comment: '' })
  return buffer(zip.outputStream)
}

/** Overwrites the bytes at `offset` of every member's entry in the list at the archive's end. */
export function patchEntries(zip: Buffer, offset: number, bytes: readonly number[]): Buffer {
  const patched = Buffer.from(zip)
  for (let at = patched.indexOf('PK\u0001\u0002'); at >= 0; at = patched.indexOf('PK\u0001\u0002', at + 4))
    patched.set(bytes, at + offset)
  return patched
}

/** Replaces a name by another one of the same length, wherever it stands. */
export function renameEntries(zip: Buffer, name: string, other: string): Buffer {
  return Buffer.from(zip.toString('latin1').replaceAll(name, other), 'latin1')
}
