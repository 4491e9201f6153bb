/** A run card is read back: what was asked for, on which data, and the figures that came out. */
import { describe, expect, it } from 'vitest'
import { formatRunCard } from '#main/comparison/run-card'
import { compareFigures, readCard, vectorsHashOf } from '#main/report/read-card'
import { settingsOfRun } from '#main/runs/run-settings'
import { makePoint, makeRun } from '../support/renderer-runs.ts'
import { evaluationOf } from '../support/compared-runs.ts'
import { toScores } from '#main/evaluation/scores'

const run = makeRun('pmei', 3)
const how = { split: 'test' as const, thresholds: { usual: 0.5, byRelation: {} }, predictedMs: null, scoredMs: 0 }
const cardOf = (correct: number, seconds = 1): string =>
  formatRunCard({
    ...{
      run,
      parentName: null,
      points: [{ ...makePoint(1), seconds }],
      weights: null,
      split: 'test',
      calibration: null,
    },
    evaluation: {
      ...evaluationOf(toScores(10, 10, correct)),
      ...how,
      changedSentences: 0,
      hasCounts: true,
      spread: null,
    },
    versions: { espalier: '0' },
  })

describe('a run card that is read', () => {
  const card = readCard(cardOf(8), 'card.md')

  it('asks for what the run was asked for', () => {
    expect(card).toMatchObject({
      title: 'pmei seed 3 on people',
      variant: 'pmei',
      preset: 'recommended',
      split: 'test',
    })
    const wanted = settingsOfRun(run.config).map(({ setting, value }) => [setting.name, value])
    expect(card.settings).toEqual(Object.fromEntries(wanted))
    expect(card.data['train']).toBe('a'.repeat(64))
  })

  it('agrees with itself, however long it took, and names the figures in which another differs', () => {
    expect(compareFigures(card, readCard(cardOf(8, 99), 'b')).differences).toEqual([])
    const { differences } = compareFigures(card, readCard(cardOf(7), 'c'))
    expect(differences).toContain('triples, exact, F1: 80.0 on the card, 70.0 now')
  })

  it('is refused where it has no figures, with which any run would agree', () => {
    const [head = ''] = cardOf(8).split('## Scores on')
    expect(() => readCard(`${head}## Scores on test\n`, 'cut.md')).toThrow('cut.md is no run card: it has no figures')
  })

  it('tells word vectors by their SHA-256, whatever their file is called', () => {
    const started = { vectors: `english-glove.txt, SHA-256 ${'c'.repeat(64)}` }
    expect(vectorsHashOf(started)).toBe('c'.repeat(64))
    expect(vectorsHashOf({ vectors: null })).toBeNull()
  })

  it('is refused where it is none', () => {
    expect(() => readCard('# Notes\n\nnothing', 'notes.md')).toThrow('notes.md is no run card: it has no scores')
  })
})
