/** A pass of a family that finds triples whole: tags and cells are what they look like in the terms of the others. */
import { anchorOf, storedCellsPerWord } from '#main/document/prediction'
import type { Pass, PredictedCell, PredictedSpan, PredictedTriple } from '#main/document/prediction'
import { compareSpans, type Span } from '#main/document/span'
import type { ModelConfig } from '#main/runs/config'
import { encodeTags } from '#main/tagging/span-codec'

/** Least probability at which a span, or an end of one, is there. */
export const spanThreshold = 0.5

export function passOf(
  spans: readonly PredictedSpan[],
  found: readonly PredictedTriple[],
  length: number,
  config: ModelConfig,
): Pass {
  const triples = found.toSorted((a, b) => b.probability - a.probability).slice(0, storedCellsPerWord * length)
  const cells = new Map<string, PredictedCell>()
  for (const { subject, type, object, probability } of triples) {
    const cell = {
      subject: anchorOf(subject, config.anchor),
      type,
      object: anchorOf(object, config.anchor),
      probability,
    }
    const key = `${cell.subject} ${cell.object} ${type}`
    if (!cells.has(key)) cells.set(key, cell) // the most probable comes first
  }
  return {
    tags: encodeTags(spans, length, config.tags).tags,
    spans: spans.toSorted((a, b) => compareSpans(a as PredictedSpan & Span, b as PredictedSpan & Span)), // by their ends alone
    cells: [...cells.values()],
    triples,
  }
}
