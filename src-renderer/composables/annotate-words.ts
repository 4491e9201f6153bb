/** Sentences for the screen reader: what a word is part of, what a tag means. */
import type { Annotation } from '#main/document/annotation'
import { quote, type EditContext } from '#main/document/edit'
import { remarkOf, type Remarkable } from '#main/document/remark'
import { parseTag } from '#main/tagging/tag-scheme'

/** "Orbisk, begin of ORGANISATION Orbisk Labs, 2 relations". */
export function describeToken(
  token: number,
  { spans, relations }: Annotation,
  text: Pick<EditContext, 'words' | 'tokens'>,
  untrainable: ReadonlySet<string> = new Set(),
): string {
  const word = text.words[token] ?? ''
  const here = spans.filter(({ start, end }) => start <= token && token < end)
  const parts = here.map((span) => {
    const { id, start, end, label, chars } = span
    const place = end - start === 1 ? '' : token === start ? 'begin of ' : token === end - 1 ? 'end of ' : 'inside '
    const count = relations.filter(({ subject, object }) => subject === id || object === id).length
    const related = count === 0 ? '' : count === 1 ? ', 1 relation' : `, ${count} relations`
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
