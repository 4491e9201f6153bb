/** Long sentences: predicted in windows of words where the table of their word pairs would be too large. */
import type { SentenceWords } from '#main/document/labelled-sentence'
import { cutWindows, joinWindows, type WordWindow } from '#main/document/prediction-windows'
import type { SentencePlan } from '#main/runs/sentence-plan'
import type { Predict } from './predict.ts'

/** The same prediction of any sentences; `planOf` tells how one of so many words is read. */
export function predictLong(predict: Predict, planOf: (words: number) => SentencePlan): Predict {
  return async (sentences, options = {}) => {
    const windows = sentences.map(({ words }) => windowsOf(words.length, planOf))
    if (windows.every((own) => own === null)) return predict(sentences, options)
    const pieces = sentences.flatMap(
      (sentence, at) => windows[at]?.map((window) => cut(sentence, window)) ?? [sentence],
    )
    const { progress, ...rest } = options
    const found = await predict(pieces, {
      ...rest,
      progress: (done) => progress?.(Math.floor((done / pieces.length) * sentences.length)),
    })
    let first = 0
    return windows.flatMap((own) => {
      const part = found.slice(first, (first += own?.length ?? 1))
      return own ? joinWindows(own, part) : part
    })
  }
}

function windowsOf(words: number, planOf: (words: number) => SentencePlan): WordWindow[] | null {
  const plan = planOf(words)
  return plan.kind === 'windows' ? cutWindows(words, plan.size, plan.overlap) : null
}

function cut({ words, pos }: SentenceWords, { start, end }: WordWindow): SentenceWords {
  return pos ? { words: words.slice(start, end), pos: pos.slice(start, end) } : { words: words.slice(start, end) }
}
