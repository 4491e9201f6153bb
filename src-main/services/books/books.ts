/** The books service: the Markdown files of docs/, found beside the sources and in the packaged program alike. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Book, FoundBook } from '#main/api/books'
import type { Handlers } from '#main/api/handlers'
import { AppError } from '#main/core/errors'
import { findBuilt, readAbout } from './about.ts'

/** Books that stand before the others, in this order. */
const first = [
  ...['guides/annotator', 'guides/researcher', 'guides/engineer', 'troubleshooting', 'data-places', 'formats'],
  ...['command-line', 'commands', 'experiments', 'languages', 'trust'],
]
/** Lines that a search shows of a book. */
const mostLines = 3

interface ReadBook extends Book {
  readonly text: string
}

export function createBooks(folder = findBooks()): Handlers['books'] {
  let all: Promise<readonly ReadBook[]> | null = null
  const readAll = (): Promise<readonly ReadBook[]> => (all ??= readBooks(folder))

  return {
    list: async () => (await readAll()).map(({ name, title }) => ({ name, title })),
    async read({ name }) {
      const book = (await readAll()).find((each) => each.name === name)
      if (!book) throw new AppError('not-found', `There is no book called ${name}: Help lists all that there are.`)
      return { text: book.text }
    },
    async picture({ name }) {
      const file = folder === null ? '' : path.join(folder, 'images', `${name}.webp`)
      const bytes = await readFile(file).catch(() => null)
      if (!bytes) throw new AppError('not-found', `There is no picture called ${name} in the books.`)
      return { webp: bytes.toString('base64') }
    },
    search: async ({ words }) => search(await readAll(), words),
    async licences() {
      const file = findBuilt('licences.txt')
      if (file === null)
        throw new AppError('not-found', 'The licences are gathered when the program is built: run npm run build.')
      return { text: await readFile(file, 'utf8') }
    },
    about: async () => readAbout(),
  }
}

function findBooks(): string | null {
  const candidates = ['../../../docs', '../../docs'].map((up) => path.join(import.meta.dirname, up))
  return candidates.find((folder) => existsSync(folder)) ?? null
}

async function readBooks(folder: string | null): Promise<readonly ReadBook[]> {
  if (folder === null) return []
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.md'))
  const books = files.map(async (file): Promise<ReadBook> => {
    const text = await readFile(path.join(folder, file), 'utf8')
    const name = file.replaceAll(path.sep, '/').replace(/\.md$/, '')
    return { name, title: /^# (.+)$/m.exec(text)?.[1] ?? name, text }
  })
  return (await Promise.all(books)).toSorted((a, b) => rankOf(a.name) - rankOf(b.name) || (a.name < b.name ? -1 : 1))
}

const rankOf = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length)

function search(books: readonly ReadBook[], typed: string): readonly FoundBook[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const hasAll = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word))
  const found = books.filter(({ text }) => hasAll(text))
  const inTitle = found.filter(({ title }) => hasAll(title))
  return [...inTitle, ...found.filter(({ title }) => !hasAll(title))].map(({ name, title, text }) => ({
    ...{ name, title },
    lines: text.split('\n').filter(hasAll).slice(0, mostLines),
  }))
}
