/**
 * Reads the files of several annotators beside each other and joins docs of equal text. The files may leave documents out, and hold them in
 * somewhat different orders: so many docs of each are looked through ahead, and no file is held whole.
 */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LayerKind } from '#main/document/layer'
import type { ReadDoc } from '../format.ts'
import { canMerge, mergeDocs, type AnnotatorDoc } from './merge-docs.ts'

export interface AnnotatorReading {
  readonly name: string
  readonly kind: LayerKind
  readonly docs: AsyncIterable<ReadDoc>
}

export interface JoinedDoc {
  readonly doc: AnnotatedDoc
  /** The readings that hold it, by index, and the records there; the first gives the annotation that is edited. */
  readonly sources: readonly { readonly reading: number; readonly record: number }[]
}

/** Number of docs, and of code units of their text, that are read ahead of all files together. */
const mostAhead = { docs: 2 ** 14, length: 2 ** 23 }

/** Every doc of every reading comes once: joined with those of equal text, or by itself. */
export async function* joinReadings(readings: readonly AnnotatorReading[]): AsyncGenerator<JoinedDoc> {
  const streams = readings.map((reading) => createLookahead(reading.docs, readings.length))
  const said = (reading: number, { doc }: ReadDoc): AnnotatorDoc => {
    const { name = '', kind = 'annotator' } = readings[reading] ?? {}
    return { name, kind, doc }
  }
  try {
    for (const [main, stream] of streams.entries())
      for (let read = await stream.next(); read; read = await stream.next()) {
        const found: [AnnotatorDoc, ...AnnotatorDoc[]] = [said(main, read)]
        const sources = [{ reading: main, record: read.record }]
        for (const [at, other] of streams.entries()) {
          if (at <= main) continue
          for (const { doc, record } of await other.fill()) yield { doc, sources: [{ reading: at, record }] }
          const same = other.take(read.doc.text, ({ doc }) => canMerge([...found.map((each) => each.doc), doc]))
          if (!same) continue
          found.push(said(at, same))
          sources.push({ reading: at, record: same.record })
        }
        yield { doc: found.length > 1 ? mergeDocs(found) : read.doc, sources }
      }
  } finally {
    for (const stream of streams) await stream.close()
  }
}

interface Lookahead {
  next(): Promise<ReadDoc | null>
  /** Reads ahead; answers with docs that were passed over for too long to be waited for. */
  fill(): Promise<ReadDoc[]>
  /** Takes the first doc of a text out of what was read ahead, if it fits. */
  take(text: string, fits: (read: ReadDoc) => boolean): ReadDoc | null
  close(): Promise<void>
}

/** @param files number of files that share the room. */
function createLookahead(docs: AsyncIterable<ReadDoc>, files: number): Lookahead {
  const most = { docs: mostAhead.docs / files, length: mostAhead.length / files }
  const iterator = docs[Symbol.asyncIterator]()
  const ahead: ReadDoc[] = []
  /** Number of docs ahead by their texts. */
  const texts = new Map<string, number>()
  let length = 0
  let isOver = false
  /** Number of docs that stand before the one that was taken last, and number of wishes since then that found none. */
  let [passed, misses] = [0, 0]
  const isFull = (): boolean => ahead.length >= most.docs || length >= most.length
  const remove = (at: number, count: number): ReadDoc[] => {
    const removed = ahead.splice(at, count)
    for (const {
      doc: { text },
    } of removed) {
      length -= text.length
      const others = (texts.get(text) ?? 0) - 1
      if (others > 0) texts.set(text, others)
      else texts.delete(text)
    }
    return removed
  }
  const read = async (): Promise<void> => {
    const { value, done } = await iterator.next()
    isOver = done === true
    if (done === true) return
    ahead.push(value)
    const { text } = value.doc
    length += text.length
    texts.set(text, (texts.get(text) ?? 0) + 1)
  }
  return {
    async next() {
      if (ahead.length === 0 && !isOver) await read()
      return remove(0, 1)[0] ?? null
    },
    async fill() {
      const isStuck = misses >= most.docs
      const leaving = !isFull() || isOver ? 0 : passed > 0 ? passed : isStuck ? Math.ceil(ahead.length / 2) : 0
      const left = remove(0, leaving)
      if (leaving > 0) [passed, misses] = [0, 0]
      while (!isOver && !isFull()) await read()
      return left
    },
    take(text, fits) {
      const at = texts.has(text) ? ahead.findIndex(({ doc }) => doc.text === text) : -1
      const read = ahead[at]
      if (!read || !fits(read)) {
        misses++
        return null
      }
      ;[passed, misses] = [at, 0]
      return remove(at, 1)[0] ?? null
    },
    async close() {
      await iterator.return?.()
    },
  }
}
