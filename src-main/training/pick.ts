/** Sentences selected by their indices. */
import type { LabelledSentence } from '#main/document/labelled-sentence'

export function pick(sentences: readonly LabelledSentence[], places: readonly number[]): LabelledSentence[] {
  return places.flatMap((place) => sentences[place] ?? [])
}
