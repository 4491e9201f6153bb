/** Sentences for the screen reader: what a word is part of, what a tag means. */
import type { AnnotatedSpan, Annotation } from '#main/document/annotation'
import { quote, type EditContext } from '#main/document/edit'
import { remarkOf, type Remarkable } from '#main/document/remark'
import { parseTag } from '#main/tagging/tag-scheme'
import { countOf } from '#window/common/figures.ts'

interface Looked {
  /** The spans over each word that has some. */
  readonly spansAt: ReadonlyMap<number, readonly AnnotatedSpan[]>
  /** Relations of each span that has some, by its id. */
  readonly relationsOf: ReadonlyMap<string, number>
}

/** Every word in sight asks at every edit: spans and relations are gone through once for all of them. */
const looked = new WeakMap<Annotation, Looked>()

function lookUp(annotation: Annotation): Looked {
  const known = looked.get(annotation)
  if (known) return known
  const spansAt = new Map<number, AnnotatedSpan[]>()
  for (const span of annotation.spans)
    for (let token = span.start; token < span.end; token++) spansAt.set(token, [...(spansAt.get(token) ?? []), span])
  const relationsOf = new Map<string, number>()
  for (const { subject, object } of annotation.relations)
    for (const id of new Set([subject, object])) relationsOf.set(id, (relationsOf.get(id) ?? 0) + 1)
  const found = { spansAt, relationsOf }
  looked.set(annotation, found)
  return found
}

/** "Orbisk, begin of ORGANISATION Orbisk Labs, 2 relations". */
export function describeToken(
  token: number,
  annotation: Annotation,
  text: Pick<EditContext, 'words' | 'tokens'>,
  untrainable: ReadonlySet<string> = new Set(),
): string {
  const word = text.words[token] ?? ''
  const { spansAt, relationsOf } = lookUp(annotation)
  const parts = (spansAt.get(token) ?? []).map((span) => {
    const { id, start, end, label, chars } = span
    const place = end - start === 1 ? '' : token === start ? 'begin of ' : token === end - 1 ? 'end of ' : 'inside '
    const count = relationsOf.get(id) ?? 0
    const related = count === 0 ? '' : `, ${countOf(count, 'relation')}`
    const lost = untrainable.has(id) ? ', not trainable: tags cannot hold it' : ''
    const rounded = chars ? ', off-token: training rounds it to words' : ''
    return `${place}${label} ${quote(span, text)}${related}${lost}${rounded}${describeRemark(span)}`
  })
  return [word, ...parts].join(', ')
}

/** ", flagged, note: which one?"; empty where there is no remark. */
export function describeRemark(item: Remarkable): string {
  const { note, isFlagged } = remarkOf(item)
  return `${isFlagged ? ', flagged' : ''}${note === '' ? '' : `, note: ${note}`}`
}

const tagMeanings = { B: 'begin', I: 'inside', E: 'end', S: 'single', O: 'outside' } as const

/** "tag of Orbisk: begin, ORGANISATION". */
export function describeTag(word: string, tag: string): string {
  const { prefix, label } = parseTag(tag)
  return `tag of ${word}: ${tagMeanings[prefix]}${label ? `, ${label}` : ''}`
}
