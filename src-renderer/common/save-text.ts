/** Ways to give a text to the person: as a download of the browser, or on the clipboard. */

export function saveText(fileName: string, text: string, mediaType = 'text/plain'): void {
  saveBlob(fileName, new Blob([text], { type: `${mediaType};charset=utf-8` }))
}

export function saveBlob(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}

/** Copies a text to the clipboard. Rejects with the browser's reason where the system refuses. */
export function copyText(text: string): Promise<void> {
  return navigator.clipboard.writeText(text)
}
