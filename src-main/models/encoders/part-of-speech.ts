/**
 * Parts of speech: rows of an embedding beside the word's. Row 0 is for words without a part of speech and for parts
 * of speech not seen in training.
 */
import type { ModelConfig } from '#main/runs/config'

export const unknownPosRow = 0

export function posRows({ partsOfSpeech = [] }: Pick<ModelConfig, 'partsOfSpeech'>): number {
  return partsOfSpeech.length + 1
}

/** Function from a part of speech to its row. */
export function posRowOf({ partsOfSpeech = [] }: Pick<ModelConfig, 'partsOfSpeech'>): (pos: string | null) => number {
  const rows = new Map(partsOfSpeech.map((pos, at) => [pos, at + 1]))
  return (pos) => (pos === null ? unknownPosRow : (rows.get(pos) ?? unknownPosRow))
}
