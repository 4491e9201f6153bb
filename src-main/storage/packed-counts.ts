/** Counts of sentences as text of the database: JSON of match modes, each with its packed bytes in base64. */
import { packCounts, unpackCounts, type CountsByMode } from '#main/evaluation/sentence-counts'

export function packByMode(counts: CountsByMode): string {
  const packed = Object.entries(counts).map(([mode, own]) => [mode, Buffer.from(packCounts(own)).toString('base64')])
  return JSON.stringify(Object.fromEntries(packed))
}

export function unpackByMode(text: string): CountsByMode {
  const packed = JSON.parse(text) as Record<string, string> // written above alone
  return Object.fromEntries(
    Object.entries(packed).map(([mode, bytes]) => [mode, unpackCounts(Buffer.from(bytes, 'base64'))]),
  )
}
