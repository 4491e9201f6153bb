/** The parts of the key under which a refused suggestion is remembered: `start:end:label` and `start:end|type|start:end`. */
import { relationKey, spanKey, type Rejection } from './annotation.ts'
import type { Span } from './span.ts'

type Words = Pick<Span, 'start' | 'end'>

type KeyParts =
  | { readonly kind: 'span'; readonly span: Words; readonly label: string }
  | { readonly kind: 'relation'; readonly subject: Words; readonly type: string; readonly object: Words }

/** A label may hold either sign. Null for a key of another form. */
export function partsOfKey({ kind, key }: Pick<Rejection, 'kind' | 'key'>): KeyParts | null {
  if (kind === 'span') {
    const [, range, label] = /^(\d+:\d+):(.*)$/s.exec(key) ?? []
    return range === undefined || label === undefined ? null : { kind, span: toWords(range), label }
  }
  const [, subject, type, object] = /^(\d+:\d+)\|(.*)\|(\d+:\d+)$/s.exec(key) ?? []
  if (subject === undefined || type === undefined || object === undefined) return null
  return { kind, subject: toWords(subject), type, object: toWords(object) }
}

/** The refusal with its words moved; null where one of its ranges has no place among the new words. */
export function moveRejection(rejection: Rejection, move: (words: Words) => Words | null): Rejection | null {
  const parts = partsOfKey(rejection)
  if (!parts) return rejection
  if (parts.kind === 'span') {
    const span = move(parts.span)
    return span && { ...rejection, key: spanKey({ ...span, label: parts.label }) }
  }
  const [subject, object] = [move(parts.subject), move(parts.object)]
  return subject && object && { ...rejection, key: relationKey(subject, parts.type, object) }
}

function toWords(range: string): Words {
  const [start = 0, end = 0] = range.split(':').map(Number)
  return { start, end }
}
