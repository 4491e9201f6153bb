/** A corpus without a dev split lends its runs a tenth of train, the same for all of them. */
import { describe, expect, it } from 'vitest'
import { runSteps } from '#main/core/steps'
import type { Split } from '#main/document/doc'
import { countHeldOut, heldOutOf } from '#main/document/held-out'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { pagesForRun, splitForRun, splitsForRuns } from '#main/services/runs/run-splits'
import { labelled } from '../../support/labelled-sentences.ts'

const numbered = (count: number): LabelledSentence[] =>
  Array.from({ length: count }, (_, at) => ({ ...labelled('Mara led Orbisk', [], []), sentenceId: at + 1 }))

function corporaOf(splits: Partial<Record<Split, LabelledSentence[]>>) {
  return {
    *labelledPages(_: number, split: Split) {
      const all = splits[split] ?? []
      for (let at = 0; at < all.length; at += 10) yield all.slice(at, at + 10)
    },
  }
}

const lent = { data: { isDevLent: true as const } }

const idsOf = (sentences: readonly LabelledSentence[]) => sentences.map(({ sentenceId }) => sentenceId)

describe('the splits of a run', () => {
  it('are those of the corpus where it has a dev split', () => {
    const splits = { train: numbered(20), dev: numbered(3), test: numbered(2) }
    expect(runSteps(splitsForRuns(corporaOf(splits), 1))).toEqual({ ...splits, isLent: false })
    expect(splitForRun(corporaOf(splits), 1, 'train', lent)).toEqual(splits.train)
  })

  it('divide train without loss where there is no dev split, read together or one by one', () => {
    const corpora = corporaOf({ train: numbered(57), test: numbered(2) })
    const { train, dev, isLent } = runSteps(splitsForRuns(corpora, 1))
    expect([dev.length, train.length, isLent]).toEqual([6, 51, true])
    expect([...idsOf(train), ...idsOf(dev)].sort((a, b) => a - b)).toEqual(idsOf(numbered(57)))
    for (const split of ['train', 'dev', 'test'] as const) {
      expect(idsOf(splitForRun(corpora, 1, split, lent))).toEqual(idsOf(runSteps(splitsForRuns(corpora, 1))[split]))
      expect(idsOf([...pagesForRun(corpora, 1, split, lent)].flat())).toEqual(
        idsOf(splitForRun(corpora, 1, split, lent)),
      )
    }
  })

  it('lend nothing to a run that learnt from all of train, which would be scored on what it knows', () => {
    const corpora = corporaOf({ train: numbered(57) })
    expect(splitForRun(corpora, 1, 'dev', { data: {} })).toEqual([])
    expect(splitForRun(corpora, 1, 'train', { data: {} })).toHaveLength(57)
  })

  it('keep most of what takes the place of dev where sentences are added', () => {
    const [before, after] = [heldOutOf(numbered(200)), heldOutOf(numbered(210))]
    expect(after.size).toBe(21)
    expect([...before].filter((id) => after.has(id)).length).toBeGreaterThan(16)
  })

  it('lend nothing of a single sentence', () => {
    expect(countHeldOut(1)).toBe(0)
    expect(runSteps(splitsForRuns(corporaOf({ train: numbered(1) }), 1))).toMatchObject({ dev: [], isLent: false })
  })
})
