/** What every format promises: no failure but a named one at bad input, what was written reads back, losses are named. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFormat, formats } from '#main/corpora/formats'
import { jsonl } from '#main/corpora/formats/jsonl/jsonl'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { CorpusFormat } from '#main/corpora/format'
import type { MemoryFiles } from '#main/files/memory-source'
import { wordsOf } from '#main/text/words'
import { createLabelCount } from '#main/corpora/shared/used-labels'
import { annotatedDocs } from '../support/corpus-arbitraries.ts'
import { headOfText, readText, writeText, type ReadFile } from '../support/corpus-files.ts'

const labels = {
  entityTypes: [{ name: 'PERSON', hue: 2, key: 'p' }],
  relationTypes: [{ name: 'unused' }],
  signatures: [],
}
const readers = formats.filter(({ read }) => read !== null)
const writers = formats.filter(({ writer }) => writer !== null)
const roundTrips = writers.filter(({ read }) => read !== null)

function labelsOf(docs: readonly AnnotatedDoc[]) {
  const used = createLabelCount()
  docs.forEach((doc) => used.add(doc))
  return used.labels()
}

/** The files of a folder that hold docs: those with the format's first extension, without its companions. */
async function mainFiles(format: CorpusFormat, files: MemoryFiles): Promise<[name: string, content: string][]> {
  const [extension = ''] = format.extensions
  const isCompanion = async (name: string, content: string): Promise<boolean> => {
    const head = await headOfText(name, content)
    return format.companions?.some(({ recognize }) => recognize(head)) ?? false
  }
  const main: [name: string, content: string][] = []
  for (const [name, content] of Object.entries(files))
    if (name.endsWith(extension) && typeof content === 'string' && !(await isCompanion(name, content)))
      main.push([name, content])
  return main
}

/** Is there nothing in the file, since there was nothing to write? No reader takes it. */
function isEmpty({ writer }: CorpusFormat, { text }: { readonly text: string }): boolean {
  return writer?.layout === 'file' && text === ''
}

/** Writes docs and reads them back. */
async function again(format: CorpusFormat, docs: readonly AnnotatedDoc[]) {
  const written = await writeText(format, docs, labels)
  if (format.writer?.layout === 'folder') return { written, read: await readFolder(format, written.files) }
  if (written.text === '') return { written, read: await readNothing() }
  return { written, read: await readText(format, written.text, `again${format.extensions[0] ?? ''}`) }
}

/** A corpus without docs may be a file without lines, or a folder without files. */
async function readNothing(): Promise<ReadFile> {
  return { ...(await readText(jsonl, '', 'empty.jsonl')), problems: [] }
}

async function readFolder(format: CorpusFormat, files: MemoryFiles): Promise<ReadFile> {
  const read = await Promise.all(
    (await mainFiles(format, files)).map(([name, text]) => readText(format, text, name, {}, files)),
  )
  const [first] = read
  if (!first) return readNothing()
  return { ...first, docs: read.flatMap(({ docs }) => docs), problems: read.flatMap(({ problems }) => problems) }
}

/** The scored content of docs: per sentence its words, set apart by single spaces, and its set of triples as strings. */
function content(docs: readonly AnnotatedDoc[]): string[] {
  return docs.flatMap((doc) => {
    const words = wordsOf(doc.text, doc.tokens).map((word) => word.replaceAll(/\s/g, ' '))
    return doc.sentences.flatMap(({ start, end }, index) => {
      const annotation = doc.annotations[index]
      if (!annotation || start === end) return []
      const text = words.slice(start, end)
      const textOf = (id: string) => {
        const span = annotation.spans.find((candidate) => candidate.id === id)
        return span ? text.slice(span.start, span.end).join(' ') : ''
      }
      const triples = [
        ...annotation.relations.map(({ subject, type, object }) => [textOf(subject), type, textOf(object)]),
        ...annotation.unanchored.map(({ subject, type, object }) => [subject, type, object.replaceAll(/\s/g, ' ')]),
      ]
      return [`${text.join(' ')} ${[...new Set(triples.map((triple) => JSON.stringify(triple)))].sort().join()}`]
    })
  })
}

/** Spans and relations of each sentence, without ids and origins. */
function marks(docs: readonly AnnotatedDoc[]): string[] {
  return docs.flatMap(({ annotations, sentences }) =>
    annotations.flatMap(({ spans, relations, unanchored }, index) => {
      if (sentences[index]?.start === sentences[index]?.end) return []
      const place = (id: string) => {
        const span = spans.find((candidate) => candidate.id === id)
        return span ? [span.start, span.end, span.label, span.chars ?? null] : null
      }
      const all = [
        ...spans.map(({ id, remark }) => JSON.stringify(['span', place(id), remark ?? null])),
        ...relations.map(({ subject, type, object, remark }) =>
          JSON.stringify(['relation', place(subject), type, place(object), remark ?? null]),
        ),
        ...unanchored.map((triple) => JSON.stringify(['unanchored', triple.subject, triple.type, triple.object])),
      ]
      return [[...new Set(all)].sort().join('\n')]
    }),
  )
}

const keepsTriples = ({ keeps }: CorpusFormat): boolean =>
  keeps.includes('triples as strings') || keeps.includes('everything')

describe.each(formats)('$name', (format: CorpusFormat) => {
  it('is found by its name and says what it keeps', () => {
    expect(findFormat(format.name)).toBe(format)
    expect(format.keeps.length).toBeGreaterThan(0)
    expect(format.extensions.every((extension) => extension.startsWith('.'))).toBe(true)
    expect(format.read ?? format.writer).not.toBeNull()
  })
})

describe.each(readers)('reading $name', (format) => {
  it('answers any text with docs or reasons', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), async (text) => {
        const { docs, records, problems, counts } = await readText(format, text, 'strange.txt')
        expect(records).toHaveLength(docs.length)
        expect(problems.filter(({ severity, line }) => severity === 'rejected' && line !== null)).toHaveLength(
          counts.rejected,
        )
      }),
    ))

  it('gives docs whose words lie in their text in order, and whose annotations lie in their words', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (text) => {
        const inside = { 'casrel-json': JSON.stringify([{ text, triple_list: [] }]), jsonl: JSON.stringify({ text }) }
        const file = format.name in inside ? inside[format.name as keyof typeof inside] : text
        for (const doc of (await readText(format, file, 'a')).docs) {
          let border = 0
          for (const { start, end } of doc.tokens) {
            expect(start).toBeGreaterThanOrEqual(border)
            expect(end).toBeGreaterThan(start)
            border = end
          }
          expect(border).toBeLessThanOrEqual([...doc.text].length)
          expect(doc.annotations).toHaveLength(doc.sentences.length)
        }
      }),
    ))
})

describe.each(roundTrips)('writing $name', (format) => {
  it('reads its own files back with all that it keeps, names what it loses, and writes them again byte by byte', () =>
    fc.assert(
      fc.asyncProperty(annotatedDocs, async (docs) => {
        const { read, written } = await again(format, docs)
        if (keepsTriples(format)) expect(content(read.docs)).toEqual(content(docs))
        if (format.keeps.includes('everything')) {
          expect(written.losses).toEqual([])
          expect(read.docs).toEqual(docs)
        } else if (written.losses.length === 0) expect(marks(read.docs)).toEqual(marks(docs))
        if (isEmpty(format, written)) return
        expect(read.problems.filter(({ severity }) => severity !== 'note')).toEqual([])
        const second = await writeText(format, read.docs, read.labels)
        const first = await writeText(format, docs, read.labels)
        expect({ text: second.text, files: second.files }).toEqual({ text: first.text, files: first.files })
        expect(written.losses.join()).not.toContain('undefined')
      }),
    ))

  it('recognises what it wrote', () =>
    fc.assert(
      fc.asyncProperty(annotatedDocs, async (docs) => {
        if (!docs.some((doc) => doc.sentences.some(({ start, end }) => start < end))) return
        const { text, files } = await writeText(format, docs, labelsOf(docs))
        const [name = '', content = ''] =
          format.writer?.layout === 'folder'
            ? ((await mainFiles(format, files))[0] ?? [])
            : [`a${format.extensions[0] ?? ''}`, text]
        expect(format.recognize(await headOfText(name, content, files))).not.toBeNull()
      }),
    ))
})

describe.each(writers)('writing $name', (format) => {
  it('writes any docs, the same each time, and names its losses in words', () =>
    fc.assert(
      fc.asyncProperty(annotatedDocs, async (docs) => {
        const { text, files, losses } = await writeText(format, docs, labelsOf(docs))
        expect(await writeText(format, docs, labelsOf(docs))).toEqual({ text, files, losses })
        expect(losses.join()).not.toMatch(/undefined|NaN|\b0 /)
      }),
      { numRuns: 20 },
    ))
})
