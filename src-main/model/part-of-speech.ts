/** Parts of speech: rows of an embedding beside the word's; row 0 is whatever has none, or one that training has not seen. */
import type { ModelConfig } from '#main/runs/config'

export const unknownPosRow = 0

export function posRows({ partsOfSpeech = [] }: Pick<ModelConfig, 'partsOfSpeech'>): number {
  return partsOfSpeech.length + 1
}

/** Row of a part of speech. */
export function posRowOf({ partsOfSpeech = [] }: Pick<ModelConfig, 'partsOfSpeech'>): (pos: string | null) => number {
  const rows = new Map(partsOfSpeech.map((pos, at) => [pos, at + 1]))
  return (pos) => (pos === null ? unknownPosRow : (rows.get(pos) ?? unknownPosRow))
}
