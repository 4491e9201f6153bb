/** Setting one BIOES tag: the neighbours are repaired, the spans follow, and all of it is one operation. */
import { type AnnotatedSpan, type Annotation, spanKey } from '#main/document/annotation'
import { byPerson, forgetRejection, type Edit, type EditContext } from '#main/document/edit'
import type { Change } from '#main/document/operation'
import { withRange } from '#main/document/span'
import { untypedEntity, type LabelSet } from '#main/labels/label-set'
import { setTag } from '#main/tagging/repair'
import { encodeTags } from '#main/tagging/span-codec'
import { changesForTags } from '#main/tagging/span-diff'
import { parseTag, tagName, tagNames, type Tag } from '#main/tagging/tag-scheme'

export interface TagEdit extends Edit {
  /** Tokens whose tag changed besides the one asked for. */
  readonly repaired: readonly number[]
}

/** The gold tags of a sentence, and the spans that one tag per word cannot hold: annotated all the same, but not trainable. */
export function encodeGold(
  annotation: Annotation,
  tokenCount: number,
  labels: LabelSet,
): { readonly tags: string[]; readonly untrainable: ReadonlySet<string> } {
  const { tags, omitted } = encodeTags(annotation.spans, tokenCount, tagNames(labels))
  return { tags, untrainable: new Set(omitted.map(({ span }) => span.id)) }
}

/** The tags alone. */
export function goldTags(annotation: Annotation, tokenCount: number, labels: LabelSet): string[] {
  return encodeGold(annotation, tokenCount, labels).tags
}

/**
 * Gives a token a tag of this prefix. The type is that of the span it belongs to, else of the one that it would
 * continue, else `fallbackLabel`.
 */
export function setTagPrefix(
  annotation: Annotation,
  token: number,
  prefix: Tag['prefix'],
  fallbackLabel: string,
  labels: LabelSet,
  context: EditContext,
): TagEdit {
  const tagSet = tagNames(labels)
  const isTyped = tagSet.some((name) => name.includes('-'))
  const tags = goldTags(annotation, context.words.length, labels)
  const tag = prefix === 'O' || !isTyped ? prefix : tagName(prefix, labelFor(tags, token, prefix) || fallbackLabel)
  const word = context.words[token] ?? ''
  if (tags[token] === tag) return { changes: [], repaired: [], description: `${word} is already tagged ${tag}` }
  const outcome = setTag(tags, token, tag)
  if (!outcome)
    return {
      changes: [],
      repaired: [],
      description: `${word} cannot be tagged ${tag}: the span would leave the sentence`,
    }

  const untyped = labels.entityTypes[0]?.name ?? untypedEntity
  const diff = changesForTags(annotation.spans, outcome.tags, tagSet, untyped)
  const provenance = byPerson(context)
  const added = diff.added.map((span) => ({ ...span, id: context.newId(), provenance }))
  const lost = new Set(diff.removed.map(({ id }) => id))
  const changes: Change[] = [
    ...annotation.relations
      .filter(({ subject, object }) => lost.has(subject) || lost.has(object))
      .map((before): Change => ({ kind: 'relation', before, after: null })),
    ...diff.removed.map((before): Change => ({ kind: 'span', before, after: null })),
    ...diff.changed.map(({ before, after }): Change => ({
      kind: 'span',
      before,
      after: { ...toWords(before, after), provenance },
    })),
    ...added.map((after): Change => ({ kind: 'span', before: null, after })),
    ...[...added, ...diff.changed.map(({ after }) => after)].flatMap((span) =>
      forgetRejection(annotation, spanKey(span)),
    ),
  ]
  return {
    changes,
    repaired: outcome.repaired,
    description: describe(word, tag, outcome.tags, outcome.repaired, context),
  }
}

/** Tags move bounds by words: those within words stay only where the words do. */
function toWords(before: AnnotatedSpan, after: AnnotatedSpan): AnnotatedSpan {
  const isSameWords = before.start === after.start && before.end === after.end
  return isSameWords ? after : withRange(after, { start: after.start, end: after.end })
}

function labelFor(tags: readonly string[], token: number, prefix: Tag['prefix']): string {
  const own = parseTag(tags[token] ?? 'O').label
  if (own) return own
  const before = parseTag(tags[token - 1] ?? 'O').label
  const after = parseTag(tags[token + 1] ?? 'O').label
  return prefix === 'B' ? after : prefix === 'S' ? '' : before || (prefix === 'I' ? after : '')
}

function describe(
  word: string,
  tag: string,
  tags: readonly string[],
  repaired: readonly number[],
  { words }: EditContext,
): string {
  const along = repaired.map((token) => `${words[token] ?? ''} to ${tags[token] ?? 'O'}`)
  const shown = along.length > 3 ? [...along.slice(0, 3), `${along.length - 3} more`] : along
  return `${word} tagged ${tag}${along.length === 0 ? '' : `; repaired: ${shown.join(', ')}`}`
}
