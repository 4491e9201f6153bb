/**
 * Predictions as they cross from a compute process: tags and cells lie in typed arrays. A long sentence has hundreds of thousands
 * of cells, and as many objects would hold the thread that answers the window for a second while the message is opened.
 */
import type { Pass, PredictedCell, Prediction } from '#main/document/prediction'

interface PackedPass extends Omit<Pass, 'tags' | 'cells'> {
  /** Tag of every word [n], as its index in `names`. */
  readonly tags: Int32Array
  /** Subject, relation type and object of one cell after another [3c]; a relation type as its index in `names`. */
  readonly cells: Int32Array
  /** Probability of every cell [c]. */
  readonly probabilities: Float64Array
}

interface PackedPrediction extends PackedPass, Pick<Prediction, 'anchor' | 'threshold'> {
  readonly early: PackedPass | null
}

export interface PackedPredictions {
  /** Tags and relation types that occur. */
  readonly names: readonly string[]
  readonly predictions: readonly PackedPrediction[]
}

export function packPredictions(predictions: readonly Prediction[]): PackedPredictions {
  const indices = new Map<string, number>()
  const indexOf = (name: string): number => {
    const index = indices.get(name) ?? indices.size
    indices.set(name, index)
    return index
  }
  const pack = ({ tags, spans, cells, triples }: Pass): PackedPass => ({
    tags: Int32Array.from(tags, indexOf),
    spans,
    ...(triples ? { triples } : {}),
    cells: Int32Array.from(cells.flatMap(({ subject, type, object }) => [subject, indexOf(type), object])),
    probabilities: Float64Array.from(cells, ({ probability }) => probability),
  })
  const packed = predictions.map((prediction) => ({
    ...pack(prediction),
    anchor: prediction.anchor,
    threshold: prediction.threshold,
    early: prediction.early && pack(prediction.early),
  }))
  return { names: [...indices.keys()], predictions: packed }
}

/** Cells that are unpacked at once: a few milliseconds of work. */
const cellsAtOnce = 16_384

/** The same predictions again, in order. Between pieces of work, `yieldToEventLoop` lets others have the thread. */
export async function* unpackPredictions(
  { names, predictions }: PackedPredictions,
  yieldToEventLoop: () => Promise<unknown>,
): AsyncGenerator<Prediction> {
  let unpacked = 0
  const unpack = async ({ tags, spans, cells, probabilities, triples }: PackedPass): Promise<Pass> => {
    const own: PredictedCell[] = []
    for (let at = 0; at < probabilities.length; at++) {
      own.push({
        subject: cells[3 * at] ?? 0,
        type: names[cells[3 * at + 1] ?? 0] ?? '',
        object: cells[3 * at + 2] ?? 0,
        probability: probabilities[at] ?? 0,
      })
      if (++unpacked % cellsAtOnce === 0) await yieldToEventLoop()
    }
    return { tags: Array.from(tags, (tag) => names[tag] ?? ''), spans, cells: own, ...(triples ? { triples } : {}) }
  }
  for (const prediction of predictions) {
    const { anchor, threshold, early } = prediction
    yield { ...(await unpack(prediction)), anchor, threshold, early: early && (await unpack(early)) }
  }
}
