/** What a source gives, as bytes and as text. */
import type { Source } from '#main/core/source'

export async function bytesOf(source: Source, signal?: AbortSignal): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of source.open(signal)) pieces.push(piece)
  return new Uint8Array(Buffer.concat(pieces))
}

export async function textOf(source: Source | null): Promise<string> {
  return source ? new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(source)) : 'no source'
}

/** The first piece alone, as recognition reads it. */
export async function firstPieceOf(source: Source, signal?: AbortSignal): Promise<Uint8Array> {
  for await (const piece of source.open(signal)) return piece
  return new Uint8Array()
}
