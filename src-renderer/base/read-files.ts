/** Reading of files that a person chose or dropped: as bytes, which are decoded by the same rule as on the command line. */
import { canReadOtherwise, describeFault, type OlderEncoding } from '#main/text/encoding-fault'
import { decodeText } from '#main/text/utf8'

export interface ReadFile {
  /** Name of the file, or its path where a folder was chosen. */
  readonly name: string
  readonly bytes: Uint8Array
}

export interface TextFile {
  readonly name: string
  readonly text: string
}

export interface DecodedFiles {
  readonly texts: readonly TextFile[]
  /** One sentence for each file that is not text, with the place of the first wrong byte. */
  readonly faults: readonly string[]
  /** Whether one of the faulty files can be decoded in an older encoding. */
  readonly hasChoice: boolean
}

export function readFiles(list: FileList | readonly File[] | null | undefined): Promise<ReadFile[]> {
  return Promise.all(
    [...(list ?? [])].map(async (file) => ({
      name: file.webkitRelativePath || file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  )
}

/** Decodes files; `older` is the encoding of those that are not UTF-8, and '' refuses them. */
export function decodeFiles(files: readonly ReadFile[], older: OlderEncoding | ''): DecodedFiles {
  const decoded = files.map(({ name, bytes }) => ({ name, ...decodeText(bytes, older === '' ? undefined : older) }))
  const faulty = decoded.flatMap((file) => ('fault' in file ? [file] : []))
  return {
    texts: decoded.flatMap((file) => ('text' in file ? [{ name: file.name, text: file.text }] : [])),
    faults: faulty.map(({ name, fault }) => describeFault(name, fault)),
    hasChoice: faulty.some(({ fault }) => canReadOtherwise(fault)),
  }
}
