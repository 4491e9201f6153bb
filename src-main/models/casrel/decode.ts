/** Decoding of CasRel: subjects, then the objects of each, then the types of all spans. */
import * as tf from '@tensorflow/tfjs-core'
import type { Pass, PredictedSpan, PredictedTriple } from '#main/document/prediction'
import type { CasrelModel } from '#main/runs/config'
import { spansOf, type FoundSpan } from '#main/tagging/nearest-end'
import { startsOf } from '../shared/batch.ts'
import { entityTypes } from '../shared/entity-types.ts'
import { passOf, spanThreshold } from '../shared/whole-triples.ts'
import type { Weights } from '../shared/weights.ts'
import type { RowRange } from './gold.ts'
import { tagObjects, tagTypes } from './taggers.ts'

/** Subjects of a sentence that are looked at, the most probable; a model that has learnt little finds one at every word. */
const mostSubjects = 32

/** Scores of objects that are computed at once. */
const scoresAtOnce = 4e6

/** A subject among the rows of the batch. */
interface Candidate extends FoundSpan {
  readonly sentence: RowRange
}

/** A triple whose spans have no type yet, with words counted from the beginning of the batch. */
interface Found {
  readonly subject: FoundSpan
  readonly relation: number
  readonly object: FoundSpan
}

export async function decodePasses(
  shared: tf.Tensor2D,
  subjects: tf.Tensor2D,
  lengths: readonly number[],
  config: CasrelModel,
  weights: Weights,
): Promise<Pass[]> {
  const ends = await subjects.data<'float32'>()
  const starts = startsOf(lengths)
  const candidates = lengths.flatMap((length, at) =>
    candidatesOf(ends, { start: starts[at] ?? 0, end: (starts[at] ?? 0) + length }),
  )
  const found = await objectsOf(candidates, shared, config, weights)
  const labelOf = await labelsOf([...candidates, ...found.map(({ object }) => object)], shared, config, weights)
  return lengths.map((length, at) => {
    const start = starts[at] ?? 0
    const isHere = (span: FoundSpan): boolean => span.start >= start && span.start < start + length
    const place = (span: FoundSpan) => ({ start: span.start - start, end: span.end - start, label: labelOf(span) })
    const own = found.filter(({ subject }) => isHere(subject))
    const triples = own.map(({ subject, relation, object }): PredictedTriple => ({
      ...{ subject: place(subject), type: config.relations[relation] ?? '', object: place(object) },
      probability: Math.min(subject.probability, object.probability),
    }))
    const spans = new Map<string, PredictedSpan>()
    const add = (span: FoundSpan, probability: number): void => {
      const key = `${span.start} ${span.end}`
      const least = Math.max(probability, spans.get(key)?.probability ?? 0)
      if (least >= spanThreshold) spans.set(key, { ...place(span), probability: least })
    }
    for (const subject of candidates.filter(isHere)) add(subject, subject.probability)
    own.forEach(({ object }, place) => add(object, triples[place]?.probability ?? 0))
    return passOf([...spans.values()], triples, length, config)
  })
}

/** The likely subjects of a sentence, from the probabilities of starts and ends, row by row. */
function candidatesOf(ends: Float32Array, sentence: RowRange): Candidate[] {
  const at = (word: number, column: number): number => ends[2 * (sentence.start + word) + column] ?? 0
  return spansOf(
    sentence.end - sentence.start,
    (word) => at(word, 0),
    (word) => at(word, 1),
  )
    .sort((a, b) => b.probability - a.probability)
    .slice(0, mostSubjects)
    .map((span) => ({ ...span, start: span.start + sentence.start, end: span.end + sentence.start, sentence }))
}

async function objectsOf(
  candidates: readonly Candidate[],
  shared: tf.Tensor2D,
  { relations }: CasrelModel,
  weights: Weights,
): Promise<Found[]> {
  const found: Found[] = []
  for (const together of groupsOf(candidates, 2 * relations.length)) {
    const tensor = tf.tidy(() => tf.sigmoid(tagObjects(shared, together, weights)))
    const scores = await tensor.data<'float32'>()
    tensor.dispose()
    let first = 0
    for (const subject of together) {
      const { start, end } = subject.sentence
      const before = first
      const at = (word: number, column: number): number => scores[(before + word) * 2 * relations.length + column] ?? 0
      relations.forEach((_, relation) => {
        const objects = spansOf(
          end - start,
          (word) => at(word, relation),
          (word) => at(word, relations.length + relation),
        )
        for (const object of objects)
          found.push({ subject, relation, object: { ...object, start: object.start + start, end: object.end + start } })
      })
      first += end - start
    }
  }
  return found
}

function groupsOf(candidates: readonly Candidate[], scoresPerWord: number): Candidate[][] {
  const groups: Candidate[][] = []
  let scores = Infinity
  for (const candidate of candidates) {
    const own = (candidate.sentence.end - candidate.sentence.start) * scoresPerWord
    scores += own
    if (scores > scoresAtOnce) {
      groups.push([])
      scores = own
    }
    groups.at(-1)?.push(candidate)
  }
  return groups
}

/** The most probable type of each span; the only one where the corpus has no types. */
async function labelsOf(
  spans: readonly FoundSpan[],
  shared: tf.Tensor2D,
  config: CasrelModel,
  weights: Weights,
): Promise<(span: FoundSpan) => string> {
  const types = entityTypes(config)
  if (types.length === 1 || spans.length === 0) return () => types[0] ?? ''
  const distinct = [...new Map(spans.map((span) => [keyOf(span), span])).values()]
  const tensor = tf.tidy(() => tagTypes(shared, distinct, weights))
  const logits = await tensor.data<'float32'>()
  tensor.dispose()
  const labels = distinct.map((span, at): [string, string] => {
    const own = [...logits.subarray(at * types.length, (at + 1) * types.length)]
    return [keyOf(span), types[own.indexOf(Math.max(...own))] ?? '']
  })
  const byKey = new Map(labels)
  return (span) => byKey.get(keyOf(span)) ?? ''
}

const keyOf = ({ start, end }: FoundSpan): string => `${start} ${end}`
