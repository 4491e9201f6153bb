/** LayerPrediction: what a layer says of a sentence as a prediction, so that its spans and relations are suggested as a run's are. */
import type { AnnotatedItems } from './layer-differences.ts'
import { anchorOf, type Prediction, type PredictedSpan, type PredictedTriple } from './prediction.ts'

/** Items of the layer that state no probability have the probability 1. Tags are left out, since a layer has none. */
export function layerPrediction({ spans, relations }: AnnotatedItems): Prediction {
  const predicted = new Map(
    spans.map(({ id, start, end, label, provenance }): [string, PredictedSpan] => [
      id,
      { start, end, label, probability: provenance.confidence ?? 1 },
    ]),
  )
  const triples = relations.flatMap(({ subject, type, object, provenance }): PredictedTriple[] => {
    const [from, to] = [predicted.get(subject), predicted.get(object)]
    return from && to ? [{ subject: bare(from), type, object: bare(to), probability: provenance.confidence ?? 1 }] : []
  })
  const cells = triples.map(({ subject, type, object, probability }) => ({
    ...{ subject: anchorOf(subject, 'last'), type, object: anchorOf(object, 'last'), probability },
  }))
  return {
    ...{ tags: [], spans: [...predicted.values()], cells, triples },
    ...{ anchor: 'last', threshold: 0, early: null },
  }
}

const bare = ({ start, end, label }: PredictedSpan) => ({ start, end, label })
