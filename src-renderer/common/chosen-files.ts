/** Files that a person chose: named by their path in the desktop program, sent in pieces from a browser. */
import type { FileReference } from '#main/api/imports'
import { upload } from '#window/uploads.ts'

export interface ChosenFile {
  /** Name of the file, or its path within the folder that was chosen. */
  readonly name: string
  /** The file, or the path by which the desktop program was told of it. */
  readonly file: File | { readonly path: string }
}

export function toChosenFiles(list: FileList | readonly File[] | null | undefined): ChosenFile[] {
  return [...(list ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file }))
}

/**
 * References by which the services find the files, each sent once.
 * @param onProgress is told the share of all bytes that was sent, 0 to 1.
 */
export async function referTo(
  files: readonly ChosenFile[],
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<FileReference[]> {
  const total = files.reduce((sum, { file }) => sum + ('path' in file ? 0 : file.size), 0)
  const sent = files.map(() => 0)
  const tell = (at: number, bytes: number): void => {
    sent[at] = bytes
    onProgress(sent.reduce((sum, each) => sum + each, 0) / Math.max(1, total))
  }
  return Promise.all(
    files.map(async ({ name, file }, at): Promise<FileReference> => {
      if ('path' in file) return { path: file.path, name }
      const path = window.espalier?.pathOf(file) ?? ''
      if (path !== '') return { path, name }
      const { uploadId } = await upload(file, (received) => tell(at, received), signal)
      return { uploadId, name }
    }),
  )
}
