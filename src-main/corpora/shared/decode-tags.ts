/** Tags of words → spans, by the scheme of the file. A tag that its scheme forbids is read by a rule and counted. */
import { untypedEntity } from '#main/labels/label-set'
import type { WordSpan } from './token-doc.ts'

/**
 * Schemes of tags. IOB1 writes B- only between spans of one type that touch, BIO2 at the beginning of every span; BIOES and BILOU
 * also mark ends and single words; IOE marks ends alone.
 */
export const tagSchemes = ['IOB1', 'BIO2', 'BIOES', 'BILOU', 'IOE'] as const
export type TagScheme = (typeof tagSchemes)[number]

export interface ParsedTag {
  /** O is outside, B begins, I goes on, E ends, S is a span of one word. */
  readonly mark: 'O' | 'B' | 'I' | 'E' | 'S'
  readonly label: string
}

const marks: Readonly<Record<string, ParsedTag['mark']>> = {
  B: 'B',
  I: 'I',
  M: 'I',
  E: 'E',
  L: 'E',
  S: 'S',
  U: 'S',
  W: 'S',
}

/** null for what is no tag: neither O nor a mark with a type ("B-PER", "B_PER") or alone ("B"). */
export function parseTag(tag: string): ParsedTag | null {
  if (tag === 'O') return { mark: 'O', label: '' }
  const [, sign = '', label] = /^([BIMELSUW])(?:[-_](.+))?$/su.exec(tag) ?? []
  const mark = marks[sign]
  return mark ? { mark, label: label ?? untypedEntity } : null
}

export interface DecodedTags {
  readonly spans: readonly WordSpan[]
  /** Number of tags that the scheme forbids where they stand. */
  readonly repairs: number
}

/**
 * The spans of a sentence. The rule for forbidden tags: what goes on or ends without a beginning of its type begins a span, and a
 * span ends before whatever does not go on with it. What is no tag is outside.
 */
export function decodeTags(tags: readonly string[], scheme: TagScheme): DecodedTags {
  const spans: WordSpan[] = []
  const hasEnds = scheme === 'BIOES' || scheme === 'BILOU'
  const mustBegin = hasEnds || scheme === 'BIO2'
  let open: { readonly start: number; readonly label: string } | null = null
  let repairs = 0
  const close = (end: number): void => {
    if (open) spans.push({ start: open.start, end, label: open.label })
    open = null
  }
  tags.forEach((tag, at) => {
    const { mark, label } = parseTag(tag) ?? { mark: 'O', label: '' }
    const goesOn = (mark === 'I' || mark === 'E') && open?.label === label
    if (!goesOn) {
      if (open && hasEnds) repairs++
      close(at)
      if (mark === 'O') return
      if ((mark === 'I' || mark === 'E') && mustBegin) repairs++
      open = { start: at, label }
    }
    if (mark === 'E' || mark === 'S') close(at + 1)
  })
  if (open && hasEnds) repairs++
  close(tags.length)
  return { spans, repairs }
}

/** The tags of spans that do not overlap, in BIOES. */
export function encodeBioes(spans: readonly WordSpan[], length: number): string[] {
  const tags = Array.from({ length }, () => 'O')
  for (const { start, end, label } of spans) {
    for (let at = start; at < end; at++) tags[at] = `I-${label}`
    tags[end - 1] = `E-${label}`
    tags[start] = `${end - start === 1 ? 'S' : 'B'}-${label}`
  }
  return tags
}
