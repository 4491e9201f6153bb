/** Files that a person chose or dropped: read as bytes, made text by the same rule as on the command line. */
import { canReadOtherwise, decodeText, describeFault, type OlderEncoding } from '#main/text/utf8'

export interface ReadFile {
  /** Its path where a folder was chosen, else its name. */
  readonly name: string
  readonly bytes: Uint8Array
}

export interface TextFile {
  readonly name: string
  readonly text: string
}

export interface DecodedFiles {
  readonly texts: readonly TextFile[]
  /** A sentence for each file that is no text, with the place of the byte. */
  readonly faults: readonly string[]
  /** Would naming an older encoding read one of those? */
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

/** `older` is the encoding of files that are not UTF-8; '' refuses them. */
export function decodeFiles(files: readonly ReadFile[], older: OlderEncoding | ''): DecodedFiles {
  const decoded = files.map(({ name, bytes }) => ({ name, ...decodeText(bytes, older === '' ? undefined : older) }))
  const faulty = decoded.flatMap((file) => ('fault' in file ? [file] : []))
  return {
    texts: decoded.flatMap((file) => ('text' in file ? [{ name: file.name, text: file.text }] : [])),
    faults: faulty.map(({ name, fault }) => describeFault(name, fault)),
    hasChoice: faulty.some(({ fault }) => canReadOtherwise(fault)),
  }
}
