/** Cuts a sentence where the spans of a triple begin and end, so that both can be marked. */

export interface Mark {
  /** Offset in the sentence in code points; `end` is exclusive. */
  readonly start: number
  readonly end: number
}

export interface Segment {
  readonly text: string
  /** Role of the segment in the triple: `both` where subject and object overlap, null outside them. */
  readonly role: 'subject' | 'object' | 'both' | null
}

export function cutSentence(sentence: string, subject: Mark, object: Mark): Segment[] {
  const points = [...sentence]
  const cuts = [0, subject.start, subject.end, object.start, object.end, points.length]
    .map((cut) => Math.min(Math.max(cut, 0), points.length))
    .sort((a, b) => a - b)
  return cuts.slice(1).flatMap((end, index) => {
    const start = cuts[index] ?? 0
    if (start === end) return []
    const isSubject = start >= subject.start && end <= subject.end
    const isObject = start >= object.start && end <= object.end
    const role = isSubject && isObject ? 'both' : isSubject ? 'subject' : isObject ? 'object' : null
    return [{ text: points.slice(start, end).join(''), role } as const]
  })
}
