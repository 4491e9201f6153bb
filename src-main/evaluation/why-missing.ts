/**
 * Reasons why a gold triple is not extracted: every condition from tags to triple, met or not, in the order in which
 * they apply.
 */
import {
  anchorOf,
  cellProbability,
  thresholdOf,
  type PredictedTriple,
  type Prediction,
} from '#main/document/prediction'
import { joinWords } from '#main/text/join-words'
import type { Triple, TripleSpan } from '#main/document/relation'
import { overlaps } from '#main/document/span'
import { tagNames } from '#main/tagging/tag-scheme'
import type { LabelSet } from '#main/labels/label-set'

interface Link {
  readonly name: 'schema' | 'subject' | 'object' | 'anchor' | 'cell' | 'triple'
  readonly isHeld: boolean
  /** Plain sentence that names the words and the value. */
  readonly message: string
}

/** All conditions of one gold triple. The triple is extracted when all are met. */
export function explainMissing(
  prediction: Prediction,
  { subject, type, object }: Triple,
  words: readonly string[],
  labels: LabelSet,
): Link[] {
  const quote = ({ start, end }: Pick<TripleSpan, 'start' | 'end'>): string => joinWords(words.slice(start, end))
  return [
    schemaLink(type, labels),
    spanLink('subject', prediction, subject, quote, labels),
    spanLink('object', prediction, object, quote, labels),
    ...(prediction.triples
      ? [tripleLink(prediction, prediction.triples, { subject, type, object })]
      : [anchorLink(prediction, subject, object, quote), cellLink(prediction, { subject, type, object })]),
  ]
}

function schemaLink(type: string, { relationTypes }: LabelSet): Link {
  const isHeld = relationTypes.some(({ name }) => name === type)
  return { name: 'schema', isHeld, message: isHeld ? `${type} is a relation type` : `the label set has no ${type}` }
}

function spanLink(
  name: 'subject' | 'object',
  { spans, tags, early, triples }: Prediction,
  gold: TripleSpan,
  quote: (range: TripleSpan) => string,
  labels: LabelSet,
): Link {
  const same = spans.find(({ start, end }) => start === gold.start && end === gold.end)
  const isTyped = tagNames(labels).some((tag) => tag.includes('-'))
  if (same && (!isTyped || same.label === gold.label))
    return { name, isHeld: true, message: `${quote(gold)} is found (${same.probability.toFixed(2)})` }
  if (same) return { name, isHeld: false, message: `${quote(gold)} is found as ${same.label}, not as ${gold.label}` }
  const other = spans.find((span) => overlaps(span, gold))
  if (triples)
    return { name, isHeld: false, message: `${quote(gold)} is not found${other ? `, but ${quote(other)} is` : ''}` }
  if (other) return { name, isHeld: false, message: `bounds: ${quote(other)} is found in place of ${quote(gold)}` }
  const wasEarly = early?.spans.some(({ start, end }) => start === gold.start && end === gold.end) ?? false
  const own = tags.slice(gold.start, gold.end).join(' ')
  return {
    ...{ name, isHeld: false },
    message: `tags: ${quote(gold)} is tagged ${own}${wasEarly ? '; the first pass had found it' : ''}`,
  }
}

/**
 * Condition on the anchors. Two spans with one anchor cannot be told apart, since the pair table has one cell for
 * both.
 */
function anchorLink(
  { spans, anchor }: Prediction,
  subject: TripleSpan,
  object: TripleSpan,
  quote: (range: TripleSpan) => string,
): Link {
  const place = anchor === 'last' ? 'last' : 'first'
  const rival = [subject, object].flatMap((gold) =>
    spans.filter(
      (span) =>
        anchorOf(span, anchor) === anchorOf(gold, anchor) && (span.start !== gold.start || span.end !== gold.end),
    ),
  )[0]
  if (rival) return { name: 'anchor', isHeld: false, message: `anchor: ${quote(rival)} has the same ${place} word` }
  if (anchorOf(subject, anchor) === anchorOf(object, anchor) && subject.start !== object.start)
    return { name: 'anchor', isHeld: false, message: `anchor: both ends have the same ${place} word` }
  return { name: 'anchor', isHeld: true, message: `each end has its own ${place} word` }
}

/** Condition on the triple of a family that finds triples whole: it has no cells that any two spans could share. */
function tripleLink(prediction: Prediction, triples: readonly PredictedTriple[], gold: Triple): Link {
  const isSame = (one: TripleSpan, other: TripleSpan): boolean => one.start === other.start && one.end === other.end
  const probabilities = triples
    .filter(
      ({ subject, type, object }) => type === gold.type && isSame(subject, gold.subject) && isSame(object, gold.object),
    )
    .map(({ probability }) => probability)
  const needed = thresholdOf(prediction, gold.type)
  const most = Math.max(0, ...probabilities)
  const found = probabilities.length === 0 ? 'below 0.05' : most.toFixed(2)
  return {
    ...{ name: 'triple', isHeld: most >= needed },
    message: `${gold.type} between these two has ${found} of the ${needed.toFixed(2)} that are needed`,
  }
}

function cellLink(prediction: Prediction, triple: Triple): Link {
  const needed = thresholdOf(prediction, triple.type)
  const probability = cellProbability(prediction, prediction.anchor, triple)
  const first = prediction.early && cellProbability(prediction.early, prediction.anchor, triple)
  const found = probability === null ? 'below 0.05' : probability.toFixed(2)
  const before = prediction.early
    ? `; the first pass gave ${first === null ? 'below 0.05' : (first ?? 0).toFixed(2)}`
    : ''
  return {
    ...{ name: 'cell', isHeld: (probability ?? 0) >= needed },
    message: `${triple.type} has ${found} of the ${needed.toFixed(2)} that are needed${before}`,
  }
}
