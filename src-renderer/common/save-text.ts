/** Hands a text to the person: as a file through the browser's own download, or on the clipboard. */

export function saveText(fileName: string, text: string, mediaType = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${mediaType};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}

/** Rejects where the system refuses the clipboard, with the browser's reason. */
export function copyText(text: string): Promise<void> {
  return navigator.clipboard.writeText(text)
}
