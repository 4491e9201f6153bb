/** ONNX Runtime, in WebAssembly: computes an exported model on sentences. */
import { InferenceSession, Tensor, env } from 'onnxruntime-web'
import { casingOf } from '#main/models/encoders/casing'
import type { Lexicon } from '#main/models/encoders/lexicon'
import { posRowOf } from '#main/models/encoders/part-of-speech'
import { windowsOf } from '#main/pretrained/word-pieces'
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { ModelConfig } from '#main/runs/config'

env.wasm.numThreads = 1

export interface OnnxOutput {
  readonly dims: readonly number[]
  readonly data: Float32Array
}

export async function openOnnx(pieces: readonly Uint8Array[]) {
  const session = await InferenceSession.create(new Uint8Array(Buffer.concat(pieces)))
  return {
    names: { inputs: [...session.inputNames], outputs: [...session.outputNames] },
    async run(feeds: Record<string, Tensor>): Promise<Record<string, OnnxOutput>> {
      const found = await session.run(feeds)
      return Object.fromEntries(
        Object.entries(found).map(([name, { dims, data }]) => [name, { dims, data: data as Float32Array }]), // all are floats
      )
    },
  }
}

/** Padded inputs of some sentences. */
export function onnxInputs(
  sentences: readonly SentenceWords[],
  lexicon: Lexicon,
  config: ModelConfig,
): Record<string, Tensor> {
  const longest = Math.max(...sentences.map(({ words }) => words.length))
  const rows = (of: (sentence: SentenceWords) => readonly number[], width = longest): Tensor => {
    const values = new BigInt64Array(sentences.length * width)
    sentences.forEach((sentence, row) => of(sentence).forEach((id, at) => (values[row * width + at] = BigInt(id))))
    return new Tensor('int64', values, [sentences.length, width])
  }
  const lengths = new Tensor(
    'int64',
    BigInt64Array.from(sentences, ({ words }) => BigInt(words.length)),
    [sentences.length],
  )
  if (lexicon.kind === 'words') {
    const { encoder } = config
    const pos = posRowOf(config)
    return {
      lengths,
      words: rows(({ words }) => words.map(lexicon.idOf)),
      ...(encoder.kind === 'lstm' &&
        encoder.casingDimension > 0 && { casing: rows(({ words }) => words.map(casingOf)) }),
      ...(encoder.kind === 'lstm' && encoder.posDimension > 0 && { pos: rows(({ pos: own = [] }) => own.map(pos)) }),
    }
  }
  const positions = config.encoder.kind === 'bert' ? config.encoder.sizes.positions : 0
  const windows = sentences.map(({ words }) => windowsOf(words, lexicon, positions))
  const all = windows.flat()
  const width = Math.max(...all.map(({ ids }) => ids.length))
  const ids = new BigInt64Array(all.length * width)
  const mask = new Float32Array(all.length * width)
  all.forEach((window, row) => {
    window.ids.forEach((id, at) => (ids[row * width + at] = BigInt(id)))
    mask.fill(1, row * width, row * width + window.ids.length)
  })
  const firstOf = (sentence: SentenceWords): number[] =>
    (windows[sentences.indexOf(sentence)] ?? []).flatMap((window) =>
      window.words.map(({ piece }) => all.indexOf(window) * width + piece),
    )
  return {
    lengths,
    pieces: new Tensor('int64', ids, [all.length, width]),
    piece_mask: new Tensor('float32', mask, [all.length, width]),
    first_pieces: rows(firstOf),
  }
}
