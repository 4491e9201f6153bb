/** Files a person chose or dropped, as text; refused with a reason when they are no text. */

export interface TextFile {
  readonly name: string
  readonly text: string
}

/** What the file chooser offers. */
export const acceptedExtensions = '.txt,.jsonl,.json'

/** Throws an Error that names the file when its bytes are not UTF-8. */
export async function readTextFiles(files: readonly File[]): Promise<TextFile[]> {
  return Promise.all(
    files.map(async (file) => ({ name: file.name, text: decode(file.name, await file.arrayBuffer()) })),
  )
}

export function decode(name: string, bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error(`${name} is not UTF-8 text. Save it as UTF-8 (plain text or JSON lines) and choose it again.`)
  }
}
