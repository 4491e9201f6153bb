/** Training sentences that did not fit into memory even alone, counted over an epoch and reported. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { LeftOut, MetricPoint } from '#main/runs/run'

/** Count of `before` and these sentences together; undefined where there are none. */
export function countLeftOut(before: LeftOut | undefined, sentences: readonly LabelledSentence[]): LeftOut | undefined {
  if (sentences.length === 0) return before
  const lengths = sentences.map(({ words }) => words.length)
  return {
    sentences: (before?.sentences ?? 0) + sentences.length,
    shortest: Math.min(before?.shortest ?? Infinity, ...lengths),
    longest: Math.max(before?.longest ?? 0, ...lengths),
  }
}

/**
 * Notes about the sentences that an epoch of `all` sentences left out; none when an earlier epoch left out as many,
 * since that was reported then.
 */
export function tellLeftOut(
  leftOut: LeftOut | undefined,
  all: number,
  points: readonly Pick<MetricPoint, 'leftOut'>[],
): string[] {
  if (!leftOut || points.some((point) => (point.leftOut?.sentences ?? 0) >= leftOut.sentences)) return []
  const { sentences, shortest, longest } = leftOut
  const words = shortest === longest ? `${longest} words` : `${shortest} to ${longest} words`
  return [
    `${sentences} of ${all} training sentences, of ${words}, are too long for the memory, even alone: training leaves ` +
      'them out. Fewer threads, a frozen encoder or a smaller one leave more room.',
  ]
}
