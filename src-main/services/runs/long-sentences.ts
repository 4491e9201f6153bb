/** Long sentences and many: predicted part by part, in windows of words where the table of word pairs would be too large. */
import { countWords, withoutGold, type SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { cutWindows, joinWindows, type WindowJoin, type WordWindow } from '#main/document/prediction-windows'
import type { SentencePlan } from '#main/runs/sentence-plan'
import { overlapping } from '../extraction/overlapping.ts'
import type { Predict } from './predict.ts'

/** Number of words that are predicted together: two processes hold them and all that is found in them. */
const wordsAtOnce = 2 ** 16

/** Number of parts that are predicted or wait to be taken, so that no thread waits for the next. */
const partsAtOnce = 2

/** A sentence or a window of one. */
interface Piece extends SentenceWords {
  /** The sentence that its prediction is joined to; null where it is whole. */
  readonly join: WindowJoin | null
  readonly isLast: boolean
}

/** The same prediction of any sentences; `planOf` tells how one of so many words is read. */
export function predictLong(predict: Predict, planOf: (words: number) => SentencePlan): Predict {
  return async (sentences, options = {}) => {
    const isLong = ({ words }: SentenceWords): boolean => planOf(words.length).kind === 'windows'
    const all = countWords(sentences)
    if (all <= wordsAtOnce && !sentences.some(isLong)) return predict(sentences, options)
    const { progress, ...rest } = options
    const parts = overlapping(partsOf(sentences, planOf), partsAtOnce, async (pieces) => ({
      pieces,
      predictions: await predict(pieces.map(withoutGold), rest),
    }))
    const found: Prediction[] = []
    let words = 0
    for await (const { pieces, predictions } of parts) {
      for (const [at, { join, isLast }] of pieces.entries()) {
        const prediction = predictions[at]
        if (!prediction) throw new Error('A sentence was left out')
        join?.add(prediction)
        if (isLast) found.push(join?.end() ?? prediction)
      }
      words += countWords(pieces)
      progress?.(Math.min(sentences.length, Math.max(found.length, Math.floor((words / all) * sentences.length))))
    }
    return found
  }
}

/** Parts of at least so many words, in order; the last may have fewer. */
function* partsOf(
  sentences: readonly SentenceWords[],
  planOf: (words: number) => SentencePlan,
): Generator<readonly Piece[]> {
  let part: Piece[] = []
  let words = 0
  for (const sentence of sentences)
    for (const piece of piecesOf(sentence, planOf(sentence.words.length))) {
      part.push(piece)
      words += piece.words.length
      if (words < wordsAtOnce) continue
      yield part
      part = []
      words = 0
    }
  if (part.length > 0) yield part
}

function* piecesOf(sentence: SentenceWords, plan: SentencePlan): Generator<Piece> {
  if (plan.kind !== 'windows') return void (yield { ...sentence, join: null, isLast: true })
  const windows = cutWindows(sentence.words.length, plan.size, plan.overlap)
  const join = joinWindows(windows)
  for (const [at, window] of windows.entries())
    yield { ...cut(sentence, window), join, isLast: at === windows.length - 1 }
}

function cut({ words, pos }: SentenceWords, { start, end }: WordWindow): SentenceWords {
  return pos ? { words: words.slice(start, end), pos: pos.slice(start, end) } : { words: words.slice(start, end) }
}
