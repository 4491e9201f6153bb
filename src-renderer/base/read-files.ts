/** Reads files that a person chose or dropped into names and texts. */

export interface ReadFile {
  readonly name: string
  readonly text: string
}

export function readFiles(list: FileList | null | undefined): Promise<ReadFile[]> {
  return Promise.all([...(list ?? [])].map(async (file) => ({ name: file.name, text: await file.text() })))
}
