/** Oracles of families that find triples whole, without tags: what their perfect outputs decode to. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { anchorOf, type Anchor, type PredictedTriple, type Prediction } from '#main/document/prediction'
import type { Triple, TripleSpan } from '#main/document/relation'
import { spansOf } from '#main/tagging/nearest-end'
import { tagNames } from '#main/tagging/tag-scheme'
import { encodeTags } from '#main/tagging/span-codec'

/** Sentence in, spans and triples out. */
type Decode = (sentence: LabelledSentence) => {
  readonly spans: readonly TripleSpan[]
  readonly triples: readonly Triple[]
}

export const wholeOracles = { grid: decodeGrid, casrel: decodeCasrel } as const satisfies Record<string, Decode>
export type WholeOracle = keyof typeof wholeOracles

export const wholeFamilies: readonly WholeOracle[] = ['grid', 'casrel']

export function wholePredictions(
  sentences: readonly LabelledSentence[],
  anchor: Anchor,
  oracle: WholeOracle,
): Prediction[] {
  return sentences.map((sentence) => {
    const { spans, triples } = wholeOracles[oracle](sentence)
    const types = [...new Set(spans.map(({ label }) => ({ name: label })))]
    const found = triples.map((triple): PredictedTriple => ({ ...triple, probability: 1 }))
    return {
      tags: encodeTags(spans, sentence.words.length, tagNames({ entityTypes: types })).tags,
      spans: spans.map((span) => ({ ...span, probability: 1 })),
      cells: found.map(({ subject, type, object, probability }) => ({
        ...{ subject: anchorOf(subject, anchor), type, object: anchorOf(object, anchor), probability },
      })),
      triples: found,
      ...{ anchor, threshold: 0.5, early: null },
    }
  })
}

const rangeOf = ({ start, end }: TripleSpan): string => `${start} ${end}`
const linkOf = (from: number, type: string, to: number): string => `${from} ${to} ${type}`

/** The grid holds every span. It takes two spans for a triple whose first words and whose last words are linked, by whichever triples. */
function decodeGrid({ spans, triples }: LabelledSentence): ReturnType<Decode> {
  const [firsts, lasts] = [
    new Set(triples.map(({ subject, type, object }) => linkOf(subject.start, type, object.start))),
    new Set(triples.map(({ subject, type, object }) => linkOf(subject.end, type, object.end))),
  ]
  const types = [...new Set(triples.map(({ type }) => type))]
  const isLinked = (subject: TripleSpan, type: string, object: TripleSpan): boolean =>
    firsts.has(linkOf(subject.start, type, object.start)) && lasts.has(linkOf(subject.end, type, object.end))
  const found = spans.flatMap((subject) =>
    spans.flatMap((object) =>
      types.filter((type) => isLinked(subject, type, object)).map((type) => ({ subject, type, object })),
    ),
  )
  return { spans, triples: found }
}

/** CasRel joins a first word with the nearest last word that follows, so that a longer span is lost where one within it begins or ends alike. */
function decodeCasrel({ words, triples }: LabelledSentence): ReturnType<Decode> {
  const labels = new Map(
    triples.flatMap(({ subject, object }) => [subject, object].map((span) => [rangeOf(span), span])),
  )
  const joined = (gold: readonly TripleSpan[]): TripleSpan[] => {
    const [starts, ends] = [new Set(gold.map(({ start }) => start)), new Set(gold.map(({ end }) => end - 1))]
    return spansOf(
      words.length,
      (word) => Number(starts.has(word)),
      (word) => Number(ends.has(word)),
    ).map(({ start, end }) => labels.get(`${start} ${end}`) ?? { start, end, label: gold[0]?.label ?? '' })
  }
  const found = joined(triples.map(({ subject }) => subject)).flatMap((subject) => {
    const own = triples.filter((triple) => rangeOf(triple.subject) === rangeOf(subject))
    const byType = Map.groupBy(own, ({ type }) => type)
    return [...byType].flatMap(([type, of]) =>
      joined(of.map(({ object }) => object)).map((object) => ({ subject, type, object })),
    )
  })
  const spans = new Map(found.flatMap(({ subject, object }) => [subject, object].map((span) => [rangeOf(span), span])))
  return { spans: [...spans.values()], triples: found }
}
