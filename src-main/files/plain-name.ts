/** Names of files without a path. */

/** A plain name can only mean a file of the same folder: it has no separator, drive or NUL, and is not "." or "..". */
export function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name) && !(onWindows && name.includes(':'))
}

const onWindows = process.platform === 'win32'
