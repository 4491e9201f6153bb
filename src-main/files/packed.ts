/** Packed files (gzip, zstd), known by their first bytes and unpacked while they are read. */
import zlib from 'node:zlib'
import { AppError } from '#main/core/errors'
import { contentName, type Source } from '#main/core/source'
import { isBomb } from './bomb.ts'
import { decodedBytes, decodeFrames, type Decoder } from './decode-frames.ts'
import { magicBytes, packingOf, type Packing } from './magic.ts'
import { archiveError, bombError, damagedPack } from './pack-errors.ts'
import { peek } from './peek.ts'

const endings = ['.gz', '.zst']

const decoders: Partial<Record<Packing, { readonly create: () => Decoder; readonly check: string }>> = {
  gzip: { create: () => zlib.createGunzip({ chunkSize: decodedBytes }), check: 'gzip -t' },
  zstd: { create: () => zlib.createZstdDecompress({ chunkSize: decodedBytes }), check: 'zstd -t' },
}

/**
 * The source with its content unpacked where it is packed, under the same name. What lies beside it is unpacked too, and
 * found with the ending of a pack added when it is not found without.
 */
export function unpacked(source: Source): Source {
  return {
    name: source.name,
    size: contentName(source.name) === source.name ? source.size : null,
    open: (signal) => readUnpacked(source, signal),
    beside(name) {
      const [found] = ['', ...endings].flatMap((ending) => source.beside(`${name}${ending}`) ?? [])
      return found ? unpacked(found) : null
    },
  }
}

async function* readUnpacked({ name, open }: Source, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const outer = await peek(open(signal), magicBytes)
  try {
    const packing = packingOf(outer.head)
    if (packing === null) yield* outer.all
    else if (packing === 'gzip' || packing === 'zstd') yield* unpack(name, packing, outer.all, signal)
    else throw archiveError(name, packing)
  } finally {
    await outer.close()
  }
}

async function* unpack(
  name: string,
  packing: 'gzip' | 'zstd',
  bytes: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const inner = await peek(decode(name, packing, bytes, signal), magicBytes)
  try {
    const packedAgain = packingOf(inner.head)
    if (packedAgain) throw archiveError(`The content of ${name}`, packedAgain)
    yield* inner.all
  } finally {
    await inner.close()
  }
}

async function* decode(
  name: string,
  packing: 'gzip' | 'zstd',
  bytes: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let [packed, given] = [0, 0]
  const onPacked = (count: number): void => void (packed += count)
  try {
    for await (const piece of decodeFrames(bytes, { create: decoderOf(name, packing), isMany: true, onPacked })) {
      signal?.throwIfAborted()
      given += piece.length
      if (isBomb(packed, given)) throw bombError(name)
      yield piece
    }
  } catch (error) {
    throw damagedPack(name, error, `"${decoders[packing]?.check} ${name}" tells whether it is whole.`)
  }
}

/** Node has zstd since 22.15, and so has Electron; a program that was built otherwise says what to do. */
function decoderOf(name: string, packing: 'gzip' | 'zstd'): () => Decoder {
  const create = decoders[packing]?.create
  if (!create || (packing === 'zstd' && !('createZstdDecompress' in zlib)))
    throw new AppError(
      'unsupported-format',
      `${name} is packed with ${packing}, which this build cannot unpack. Unpack it first, with "zstd -d ${name}".`,
    )
  return create
}
