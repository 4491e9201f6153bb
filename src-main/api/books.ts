/** The books of the program in the contract: guides and references in Markdown, the licences, and what this build is. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'

export interface Book {
  /** Path below docs without its ending: "guides/annotator". */
  readonly name: string
  /** Its first heading. */
  readonly title: string
}

export interface About {
  readonly version: string
  /** Hash of the commit it was built of; null where that is not known. */
  readonly commit: string | null
  /** Milliseconds since 1970. */
  readonly builtMs: number | null
  /** Versions of what runs it: "Electron 45.4.1, Chromium 150, Node 24.18". */
  readonly runtime: string
}

export interface FoundBook extends Book {
  /** Lines of the book with all the words, at most three. */
  readonly lines: readonly string[]
}

export const books = {
  /** Every book, those for beginners first. */
  list: oc.output(type<readonly Book[]>()),
  /** The Markdown of a book. */
  read: oc
    .input(z.object({ name: z.string().regex(/^[\w-]+(\/[\w-]+)*$/, 'a name of a book') }))
    .output(type<{ text: string }>()),
  /** A picture of a book, as base64 of a WebP file. */
  picture: oc
    .input(z.object({ name: z.string().regex(/^[\w-]+$/, 'a name of a picture') }))
    .output(type<{ webp: string }>()),
  /** Books with all these words, those with the words in their title first. */
  search: oc.input(z.object({ words: z.string().max(200) })).output(type<readonly FoundBook[]>()),
  /** The licences of everything that the program is built from. */
  licences: oc.output(type<{ text: string }>()),
  about: oc.output(type<About>()),
}
