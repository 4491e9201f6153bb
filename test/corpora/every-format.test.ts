/** What every format promises: nothing thrown at bad input, what was written reads back, losses are named. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFormat, formats } from '#main/corpora/formats'
import { headOf } from '#main/corpora/shared/file-head'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { CorpusFormat } from '#main/corpora/format'
import { wordsOf } from '#main/text/words'
import { collectLabels } from '#main/corpora/shared/used-labels'
import { annotatedDocs } from '../support/corpus-arbitraries.ts'

const labels = {
  entityTypes: [{ name: 'PERSON', hue: 2, key: 'p' }],
  relationTypes: [{ name: 'unused' }],
  signatures: [],
}
const writers = formats.flatMap((format) => (format.serialize ? [{ ...format, serialize: format.serialize }] : []))

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

describe.each(formats)('$name', (format: CorpusFormat) => {
  it('is found by its name and says what it keeps', () => {
    expect(findFormat(format.name)).toBe(format)
    expect(format.keeps.length).toBeGreaterThan(0)
    expect(format.extensions.every((extension) => extension.startsWith('.'))).toBe(true)
  })

  it('answers any text with docs or reasons, never with an exception', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const { docs, records, problems, counts } = format.parse(text, 'strange.txt')
        expect(records).toHaveLength(docs.length)
        expect(docs).toHaveLength(counts.accepted + counts.repaired)
        expect(problems.filter(({ severity }) => severity === 'rejected')).toHaveLength(counts.rejected)
        expect(docs.length + problems.length > 0 || text.trim().startsWith('[')).toBe(true)
      }),
    ))

  it('keeps every text as it is, with tokens that lie inside it in order', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const inside = { 'casrel-json': JSON.stringify([{ text, triple_list: [] }]), jsonl: JSON.stringify({ text }) }
        const { docs } = format.parse(format.name in inside ? inside[format.name as keyof typeof inside] : text, 'a')
        for (const doc of docs) {
          expect(doc.text).toBe(text)
          let border = 0
          for (const { start, end } of doc.tokens) {
            expect(start).toBeGreaterThanOrEqual(border)
            expect(end).toBeGreaterThan(start)
            border = end
          }
          expect(border).toBeLessThanOrEqual([...text].length)
          expect(doc.annotations).toHaveLength(doc.sentences.length)
        }
      }),
    ))
})

describe.each(writers)('writing $name', ({ parse, serialize, recognize, extensions, keeps }) => {
  it('reads its own files back and writes them again byte by byte', () =>
    fc.assert(
      fc.property(annotatedDocs, (docs) => {
        const { text } = serialize(docs, labels)
        const again = parse(text, 'again')
        expect(again.problems.filter(({ severity }) => severity !== 'note')).toEqual([])
        expect(serialize(again.docs, again.labels).text).toBe(serialize(docs, again.labels).text)
      }),
    ))

  it('keeps the words and the triples', () =>
    fc.assert(
      fc.property(annotatedDocs, (docs) => {
        expect(content(parse(serialize(docs, labels).text, 'again').docs)).toEqual(content(docs))
      }),
    ))

  it('says that it loses nothing only when nothing is lost', () =>
    fc.assert(
      fc.property(annotatedDocs, (docs) => {
        const { text, losses } = serialize(docs, collectLabels(docs))
        if (keeps.includes('everything')) {
          expect(losses).toEqual([])
          expect(parse(text, 'again').docs).toEqual(docs)
        } else if (losses.length === 0) {
          const strip = (all: readonly AnnotatedDoc[]) =>
            all.flatMap((doc) =>
              doc.annotations.map(({ spans }) =>
                spans
                  .map(({ start, end, label, ...item }) =>
                    [start, end, label, JSON.stringify([item.chars, item.remark])].join(' '),
                  )
                  .sort(),
              ),
            )
          const unique = strip(docs).map((spans) => [...new Set(spans)])
          expect(strip(parse(text, 'again').docs)).toEqual(unique)
        }
      }),
    ))

  it('recognises what it wrote', () =>
    fc.assert(
      fc.property(annotatedDocs, (docs) => {
        const { text } = serialize(docs, labels)
        if (docs.some((doc) => doc.sentences.some(({ start, end }) => start < end)))
          expect(recognize(headOf({ name: `a${extensions[0] ?? ''}`, text }))).not.toBeNull()
      }),
    ))
})
