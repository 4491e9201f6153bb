/** Where a link of a book leads: to another book, to a place in this one, or to the web. */

export type Target =
  | { readonly kind: 'book'; readonly name: string; readonly anchor: string }
  | { readonly kind: 'web'; readonly url: string }
  /** A file of the sources, which the program does not carry. */
  | { readonly kind: 'nowhere' }

/** @param book the name of the book in which the link stands, as "guides/annotator". */
export function targetOf(link: string, book: string): Target {
  if (/^https:\/\//.test(link)) return { kind: 'web', url: link }
  if (/^[a-z][a-z\d+.-]*:/i.test(link) || link.startsWith('/')) return { kind: 'nowhere' }
  const [file = '', anchor = ''] = link.split('#', 2)
  if (file === '') return { kind: 'book', name: book, anchor }
  const name = resolveName(file, book)
  return name?.endsWith('.md') ? { kind: 'book', name: name.slice(0, -3), anchor } : { kind: 'nowhere' }
}

/** The name of a picture in docs/images, in the theme that is shown; null for any other file. */
export function pictureOf(file: string, book: string, theme: 'light' | 'dark'): string | null {
  const name = /^images\/([\w-]+)\.webp$/.exec(resolveName(file, book) ?? '')?.[1]
  return name?.replace(/-(light|dark)$/, `-${theme}`) ?? null
}

/** The path below docs of a file that a book names; null when it lies elsewhere. */
function resolveName(file: string, book: string): string | null {
  const parts = book.split('/').slice(0, -1)
  for (const part of file.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null
    if (part !== '..' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}
