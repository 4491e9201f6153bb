/** What is shown of a sentence beside each of its triples: all of it, unless it is as long as a book. */
import { createOffsetTable } from '#main/text/code-points'

interface TextPlace {
  readonly text: string
  /** Offset in its document, in code points. */
  readonly start: number
}

interface Ends {
  readonly start: number
  readonly end: number
}

/** Number of characters up to which a sentence is shown whole: each of its triples repeats it. */
export const longestShown = 10_000

/** Number of characters that are shown before and behind the ends of a triple whose sentence is longer. */
const around = 200

/** The text beside a triple, with its own place in the document, and whether something of the sentence stands before and behind it. */
export interface Excerpt extends TextPlace {
  readonly isCutBefore: boolean
  readonly isCutBehind: boolean
}

/** The function takes the subject and object of a triple, by their offsets in the document. */
export function excerptsOf({ text, start }: TextPlace): (subject: Ends, object: Ends) => Excerpt {
  const whole = { text, start, isCutBefore: false, isCutBehind: false }
  if (text.length <= longestShown) return () => whole
  const table = createOffsetTable(text)
  return (subject, object) => {
    const from = Math.max(0, Math.min(subject.start, object.start) - start - around)
    const to = Math.min(table.length, Math.max(subject.end, object.end) - start + around)
    return {
      ...{ text: table.slice(from, to), start: start + from },
      ...{ isCutBefore: from > 0, isCutBehind: to < table.length },
    }
  }
}
