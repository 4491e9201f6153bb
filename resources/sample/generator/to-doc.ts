/** A rendered sentence as a Doc with its annotation, in the words that the program's own tokeniser finds. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { tokenize } from '#main/text/words'
import { type AnnotatedRelation, type AnnotatedSpan, type Provenance, emptyAnnotation } from '#main/document/annotation'
import type { Split } from '#main/document/doc'
import type { Rendered } from './render.ts'

const provenance: Provenance = { origin: 'import', author: 'sample' }

export function toDoc({ text: pattern, entities, triples }: Rendered, id: string, split: Split): AnnotatedDoc {
  const places = new Map<string, { start: number; end: number }>()
  let text = ''
  // odd pieces are slots; everything is ASCII, so that string offsets are code points
  pattern.split(/[\u0001\u0002]/).forEach((piece, at) => {
    const name = at % 2 === 1 ? entities.find(({ slot }) => slot === piece)?.text : piece
    if (name === undefined) throw new Error(`${id}: the slot ${piece} has no name`)
    if (at % 2 === 1) places.set(piece, { start: text.length, end: text.length + name.length })
    text += name
  })
  const tokens = tokenize(text)
  const spans = entities.map(({ slot, type }, index): AnnotatedSpan => {
    const place = places.get(slot)
    const start = tokens.findIndex((token) => token.start === place?.start)
    const end = tokens.findIndex((token) => token.end === place?.end) + 1
    if (start < 0 || end <= start) throw new Error(`${id}: ${slot} does not begin and end with a word: ${text}`)
    return { id: `s${index + 1}`, start, end, label: type, provenance }
  })
  const spanOf = (slot: string): string => {
    const index = entities.findIndex((entity) => entity.slot === slot)
    if (index < 0) throw new Error(`${id}: a triple names ${slot}, which the sentence does not hold`)
    return `s${index + 1}`
  }
  const relations = triples.map(([subject, type, object], index): AnnotatedRelation => ({
    id: `r${index + 1}`,
    subject: spanOf(subject),
    object: spanOf(object),
    type,
    provenance,
  }))
  return {
    id,
    text,
    tokens,
    sentences: [{ start: 0, end: tokens.length }],
    annotations: [
      { ...emptyAnnotation, spans, relations, unanchored: [], ambiguousAnchors: 0, repeatedTriples: 0, history: [] },
    ],
    split,
  }
}
