/** Scores of dev are counted window by window, and are those of dev as a whole. */
import { expect, it } from 'vitest'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { scoreEntities } from '#main/evaluation/entities'
import { scoreTriples } from '#main/evaluation/match'
import { matchModes } from '#main/evaluation/match-mode'
import { oraclePredictions } from '#main/evaluation/oracle'
import { evaluateDev } from '#main/training/evaluate'
import type { Predictor } from '#main/training/predict-in-windows'
import { tinySentences } from '../support/tiny-training.ts'

/** Sentences with a first word of their own, by which a predictor knows them. */
const dev = Array.from({ length: 600 }, (_, at) => at).flatMap((at): LabelledSentence[] =>
  tinySentences(24)
    .slice(at % 24, (at % 24) + 1)
    .map((sentence) => ({ ...sentence, words: [...sentence.words, `${at}`] })),
)

/** Right in all sentences but every third, where nothing is found. */
const predictions: Prediction[] = oraclePredictions(dev, 'last').map((prediction, at) =>
  at % 3 === 0 ? { ...prediction, spans: [], cells: [] } : prediction,
)

const predictor: Predictor = async (sentences) =>
  sentences.flatMap(({ words }) => predictions.slice(Number(words.at(-1)), Number(words.at(-1)) + 1))

it('scores several windows as one, in every match mode', async () => {
  const scores = await evaluateDev(dev, [predictor, predictor], new AbortController().signal)
  for (const mode of matchModes) expect(scores?.dev[mode]).toEqual(scoreTriples(dev, predictions, mode))
  expect(scores?.devEntities).toEqual(scoreEntities(dev, predictions).all)
  expect(scores?.dev.exact.f1).toBeGreaterThan(0.5)
  expect(scores?.dev.exact.f1).toBeLessThan(1)
})

it('scores nothing where there is nothing, and gives nothing when cancelled', async () => {
  const { signal } = new AbortController()
  expect((await evaluateDev([], [predictor], signal))?.dev.exact).toEqual(scoreTriples([], [], 'exact'))
  expect(await evaluateDev(dev, [predictor], AbortSignal.abort())).toBeNull()
})
