/** The prediction of a run as a layer, so that it can be compared with what people say. */
import type { AnnotatedRelation, AnnotatedSpan } from './annotation.ts'
import type { SentenceLayer } from './layer.ts'
import { decodeTriples, type Prediction } from './prediction.ts'
import type { TripleSpan } from './relation.ts'

/** Spans and triples of a prediction at its thresholds. Ids are made of places and types. */
export function layerOfPrediction(prediction: Prediction, runId: string, name: string): SentenceLayer {
  const idOf = ({ start, end, label }: TripleSpan): string => `${start}:${end}:${label}`
  const triples = decodeTriples(prediction)
  const byRun = (confidence?: number) => ({
    provenance: { origin: 'run', author: runId, ...(confidence !== undefined && { confidence }) } as const,
  })
  const found = new Map<string, AnnotatedSpan>()
  for (const { subject, object } of triples)
    for (const span of [subject, object]) found.set(idOf(span), { ...span, id: idOf(span), ...byRun() })
  for (const { start, end, label, probability } of prediction.spans) {
    const span = { start, end, label }
    found.set(idOf(span), { ...span, id: idOf(span), ...byRun(probability) })
  }
  const relations = triples.map(({ subject, type, object, probability }, at): AnnotatedRelation => ({
    ...{ id: `r${at}`, subject: idOf(subject), type, object: idOf(object), ...byRun(probability) },
  }))
  return { kind: 'run', name, annotation: { spans: [...found.values()], relations } }
}
