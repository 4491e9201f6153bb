/** Decoding of the grid: spans from first-last links, triples from spans whose first words and whose last words are linked. */
import type { Pass, PredictedSpan, PredictedTriple } from '#main/document/prediction'
import type { ModelConfig } from '#main/runs/config'
import type { FoundCell } from '../shared/cells-by-sentence.ts'
import { entityTypes } from '../shared/entity-types.ts'
import { passOf, spanThreshold } from '../shared/whole-triples.ts'

/** The pass of one sentence. A triple is as probable as the less probable of its two links. */
export function decodeLinks(
  spanCells: readonly FoundCell[],
  links: readonly FoundCell[],
  length: number,
  config: ModelConfig,
): Pass {
  const types = entityTypes(config)
  const spans = spanCells
    .filter(({ first, second, probability }) => first <= second && probability >= spanThreshold)
    .map(({ first, second, output, probability }): PredictedSpan => ({
      ...{ start: first, end: second + 1, label: types[output] ?? '', probability },
    }))
  const byStart = Map.groupBy(spans, ({ start }) => start)
  const { relations } = config
  const ofLast = new Map(
    links
      .filter(({ output }) => output >= relations.length)
      .map((link) => [keyOf(link, relations.length), link.probability]),
  )
  const triples = links
    .filter(({ output }) => output < relations.length)
    .flatMap(({ first, second, output, probability }) =>
      pairsOf(byStart.get(first), byStart.get(second)).flatMap(([subject, object]): PredictedTriple[] => {
        const last = ofLast.get(keyOf({ first: subject.end - 1, second: object.end - 1, output }, 0))
        if (last === undefined) return []
        return [{ ...tripleOf(subject, relations[output] ?? '', object), probability: Math.min(probability, last) }]
      }),
    )
  return passOf(spans, triples, length, config)
}

const keyOf = ({ first, second, output }: Omit<FoundCell, 'probability'>, before: number): string =>
  `${first} ${second} ${output - before}`

const pairsOf = (
  subjects: readonly PredictedSpan[] = [],
  objects: readonly PredictedSpan[] = [],
): (readonly [PredictedSpan, PredictedSpan])[] =>
  subjects.flatMap((subject) => objects.map((object) => [subject, object] as const))

function tripleOf(subject: PredictedSpan, type: string, object: PredictedSpan) {
  const bare = ({ start, end, label }: PredictedSpan) => ({ start, end, label })
  return { subject: bare(subject), type, object: bare(object) }
}
