/** Rankings: which entity types, relation types and objects a person probably means, by the label set and the model. */
import type { AnnotatedSpan, Annotation } from '#main/document/annotation'
import { quote, spanOf, type EditContext, type Range } from '#main/document/edit'
import { cellProbability, type Prediction } from '#main/document/prediction'
import { overlaps } from '#main/document/span'
import { legalRelationTypes, type LabelSet } from '#main/labels/label-set'
import { usualKeymap, type Keymap } from '#window/common/keys/actions.ts'
import { entityKeys, hintLetters, relationKeys } from '#window/common/keys/keys.ts'

/** One row of the picker. */
export interface PickerOption {
  readonly value: string
  /** The key that takes it, shown beside it. */
  readonly key: string | null
  /** Probability that the model gives the type; null when it says nothing. */
  readonly probability: number | null
  /** Does the label set allow it here? */
  readonly isLegal: boolean
}

/** Types that the model takes the range for come first, then the others in the order of the label set. */
export function entityOptions(
  labels: LabelSet,
  range: Range,
  prediction: Prediction | null,
  keymap: Keymap = usualKeymap,
): PickerOption[] {
  const keys = entityKeys(labels, keymap)
  const options = labels.entityTypes.map(({ name: value }): PickerOption => {
    const guesses = prediction?.spans.filter((span) => span.label === value && overlaps(span, range)) ?? []
    return { value, key: keys.get(value) ?? null, probability: mostProbable(guesses), isLegal: true }
  })
  return options.sort(byProbability)
}

/** Types the label set allows between the two, the most probable first; then the others, should none be right. */
export function relationOptions(
  labels: LabelSet,
  subject: AnnotatedSpan,
  object: AnnotatedSpan,
  prediction: Prediction | null,
  keymap: Keymap = usualKeymap,
): PickerOption[] {
  const legal = new Set(legalRelationTypes(labels, subject.label, object.label).map(({ name }) => name))
  const keys = relationKeys(labels, keymap)
  const options = labels.relationTypes.map(({ name: value }): PickerOption => {
    const probability = probabilityOf(prediction, subject, object, value)
    return { value, key: keys.get(value) ?? null, probability, isLegal: legal.has(value) }
  })
  return options.sort((a, b) => Number(b.isLegal) - Number(a.isLegal) || byProbability(a, b))
}

export interface EndHint {
  readonly spanId: string
  /** null where the letters have run out: there is still the mouse. */
  readonly letter: string | null
  readonly isLegal: boolean
  /** True for the very span that the other end is on: only its letter takes it, no click and no Enter. */
  readonly isSelf: boolean
}

/** Relation that is being drawn: a new one from `fixed`, or one that is there and whose `end` moves. */
export interface Drawing {
  readonly fixedId: string
  readonly end: 'subject' | 'object'
  /** The relation whose end moves; null while a new one is drawn. */
  readonly moved: { readonly relationId: string; readonly type: string; readonly from: string } | null
}

/**
 * Each span that could be the other end, with a letter: legal ones first, then by the model, then by distance; the span
 * itself comes last, and only where the label set allows it.
 */
export function endHints(
  annotation: Annotation,
  { fixedId, end, moved }: Drawing,
  labels: LabelSet,
  prediction: Prediction | null,
): EndHint[] {
  const fixed = annotation.spans.find(({ id }) => id === fixedId)
  if (!fixed) return []
  const candidates = annotation.spans
    .filter(({ id }) => id !== moved?.from)
    .map((span) => {
      const [subject, object] = end === 'object' ? [fixed, span] : [span, fixed]
      const legal = legalRelationTypes(labels, subject.label, object.label).filter(
        ({ name }) => moved === null || name === moved.type,
      )
      const guesses = legal.map(({ name }) => probabilityOf(prediction, subject, object, name) ?? 0)
      const distance = Math.abs(span.start - fixed.start)
      const isSelf = span.id === fixedId
      return { spanId: span.id, isLegal: legal.length > 0, isSelf, probability: Math.max(0, ...guesses), distance }
    })
    .filter(({ isLegal, isSelf }) => isLegal || !isSelf)
    .sort(
      (a, b) =>
        Number(a.isSelf) - Number(b.isSelf) ||
        Number(b.isLegal) - Number(a.isLegal) ||
        b.probability - a.probability ||
        a.distance - b.distance,
    )
  return candidates.map(({ spanId, isLegal, isSelf }, i) => {
    return { spanId, letter: hintLetters[i] ?? null, isLegal, isSelf }
  })
}

/** Why the end of a relation may not move to a span; null when it may. What the label set does not know it cannot forbid. */
export function refusedEnd(
  annotation: Annotation,
  { fixedId, end, moved }: Drawing,
  spanId: string,
  labels: LabelSet,
  context: Pick<EditContext, 'words'>,
): string | null {
  if (!moved || !labels.relationTypes.some(({ name }) => name === moved.type)) return null
  const [fixed, other] = [spanOf(annotation, fixedId), spanOf(annotation, spanId)]
  const [subject, object] = end === 'object' ? [fixed, other] : [other, fixed]
  if (legalRelationTypes(labels, subject.label, object.label).some(({ name }) => name === moved.type)) return null
  const named = (span: AnnotatedSpan) => `${span.label} (${quote(span, context)})`
  return `${moved.type} may not go from ${named(subject)} to ${named(object)}: change its type first`
}

/** Which of the spans over a word is meant as the other end: a legal one before others, the smallest of them. */
export function endAt(token: number, { spans }: Annotation, hints: readonly EndHint[]): string | null {
  const hintOf = new Map(hints.filter(({ isSelf }) => !isSelf).map((hint) => [hint.spanId, hint]))
  const [meant] = spans
    .filter(({ id, start, end }) => hintOf.has(id) && start <= token && token < end)
    .sort(
      (a, b) =>
        Number(hintOf.get(b.id)?.isLegal) - Number(hintOf.get(a.id)?.isLegal) || a.end - a.start - (b.end - b.start),
    )
  return meant?.id ?? null
}

/** Probability of a relation; null when no run has predicted the sentence. A cell too small to be stored counts 0. */
function probabilityOf(prediction: Prediction | null, subject: Range, object: Range, type: string): number | null {
  return prediction && (cellProbability(prediction, prediction.anchor, { subject, type, object }) ?? 0)
}

function mostProbable(items: readonly { readonly probability: number }[]): number | null {
  return items.length === 0 ? null : Math.max(...items.map(({ probability }) => probability))
}

function byProbability(a: PickerOption, b: PickerOption): number {
  return (b.probability ?? 0) - (a.probability ?? 0)
}
