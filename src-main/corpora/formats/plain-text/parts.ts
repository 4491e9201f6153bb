/** Parts of a plain text: a long text becomes several docs, so that one of any length is read in the same memory. */
import type { ReadSettings } from '#main/document/read-settings'
import { createOffsetTable } from '#main/text/code-points'
import { splitText } from '#main/text/split-text'

export interface TextPart {
  readonly text: string
  /** Is it the whole text? */
  readonly isOnly: boolean
}

/** Code units of a part; what is read at once should take some tens of milliseconds. */
const partLength = 65_536

/**
 * Cuts a text where a sentence ends anyway: behind a blank line, else behind the last sentence or line that fits, else behind
 * the last white space. White space after the cut stays with the part before it. All parts together are the text.
 */
export async function* textParts(pieces: AsyncIterable<string>, settings: ReadSettings): AsyncGenerator<TextPart> {
  let text = ''
  let isOnly = true
  for await (const piece of pieces) {
    text += piece
    while (text.length >= 2 * partLength) {
      const cut = findCut(text, settings)
      yield { text: text.slice(0, cut), isOnly: false }
      isOnly = false
      text = text.slice(cut)
    }
    // nothing more is there for now: whoever writes line by line sees what comes of each
    if (piece !== '' || !isSettled(text, settings)) continue
    yield { text, isOnly: false }
    isOnly = false
    text = ''
  }
  if (text !== '') yield { text, isOnly }
}

/** A text is settled when it ends where a sentence ends whatever follows: behind a blank line, or a line that ends as a sentence does. */
function isSettled(text: string, { sentencePerLine = false }: ReadSettings): boolean {
  if (!/\S/.test(text)) return false
  if (sentencePerLine) return /[\r\n]\s{0,65536}$/.test(text)
  return /(?:[\p{Sentence_Terminal}…]["'\p{Pe}\p{Pf}]{0,9}[^\S\n]{0,1000}\n|\n[^\S\n]{0,1000}\n)\s{0,65536}$/u.test(
    text.slice(-partLength),
  )
}

function findCut(text: string, settings: ReadSettings): number {
  const { sentencePerLine = false } = settings
  const head = text.slice(0, partLength)
  const border =
    behindLast(head, sentencePerLine ? /\r\n|\n|\r/g : /\n[^\S\n]{0,1000}\r?\n/g) ??
    (sentencePerLine ? null : behindSentence(head, settings)) ??
    behindLast(head, /\s/g) ??
    head.length
  const rest = /^\s{0,65536}/.exec(text.slice(border, border + partLength))
  const cut = border + (rest?.[0].length ?? 0)
  return isLowSurrogate(text.charCodeAt(cut)) ? cut + 1 : cut
}

/** Place behind the last match; null without one. */
function behindLast(text: string, pattern: RegExp): number | null {
  let place: number | null = null
  for (const { 0: match, index } of text.matchAll(pattern)) place = index + match.length
  return place
}

/** Place where the last sentence of the text begins, which may go on; null when there is only one. */
function behindSentence(text: string, settings: ReadSettings): number | null {
  const { tokens, sentences } = splitText(text, settings)
  const last = sentences.length > 1 ? tokens[sentences.at(-1)?.start ?? 0] : undefined
  return last ? createOffsetTable(text).unitOf(last.start) : null
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
