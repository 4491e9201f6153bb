/** A run card holds what is needed to repeat a run and nothing of the machine's folders. */
import { describe, expect, it } from 'vitest'
import { formatRunCard } from '#main/comparison/run-card'
import { reliabilityOf } from '#main/evaluation/reliability'
import { tinyBert } from '../support/bert-folder.ts'
import { makeRun } from '../support/renderer-runs.ts'
import { cardParts } from '../support/run-cards.ts'

const vectors = { file: '/somewhere/deep/glove.txt', sha256: 'b'.repeat(64), dimension: 100 }
const plain = makeRun('pmei', 2)
const run = { ...plain, config: { ...plain.config, vectors } }

describe('a run card', () => {
  const card = formatRunCard({ run, ...cardParts })

  it('says what was trained, on what data, with which vectors', () => {
    for (const text of ['pmei seed 2', 'a'.repeat(64), 'b'.repeat(64), 'glove.txt', '| Seed | 2 |', 'espalier 0.1.0'])
      expect(card).toContain(text)
  })

  it('has scores in every match mode, those of unseen triples, and every epoch', () => {
    expect(card).toContain('| triples, exact | 10 | 10 | 8 | 80.0 | 80.0 | 80.0 |')
    expect(card).toContain('| partial, novelty unseen | 2 | 2 | 1 | 50.0 | 50.0 | 50.0 |')
    expect(card).toContain('| 2 | 3.000 | 70.0 | 70.0 | 70.0 | 1.5 |')
  })

  it('says when the split was predicted, with which thresholds, and what changed since', () => {
    expect(card).toMatch(/^test predicted on 29 Nov 2026, \d\d:\d\d, with threshold 0\.5\.$/m)
    const later = {
      ...cardParts.evaluation,
      ...{ scoredMs: Date.UTC(2026, 11, 1, 12), changedSentences: 12 },
      thresholds: { usual: 0.5, byRelation: { founder_of: 0.4 } },
    }
    const other = formatRunCard({ run, ...cardParts, evaluation: later })
    expect(other).toContain('scored on 1 Dec 2026')
    expect(other).toContain('with threshold 0.5, 1 relation type with tuned ones.')
    expect(other).toContain('It was scored before 12 sentences changed.')
  })

  it('says when the split that is scored is not the one of the run any more', () => {
    const scored = (sha256: string) =>
      formatRunCard({ run, ...cardParts, evaluation: { ...cardParts.evaluation, sha256 } })
    expect(scored('c'.repeat(64))).toContain(`what was scored has SHA-256 ${'c'.repeat(64)}`)
    expect(scored(run.data.splits.test.sha256)).not.toContain('has changed')
  })

  it('says how its probabilities were calibrated, why they are not, and nothing of what was not measured', () => {
    expect(card).not.toContain('## Calibration')
    const kind = { method: 'none', hasShifts: false } as const
    const stated = (count: number, probability: number) =>
      reliabilityOf(Array.from({ length: count }, (_, at) => ({ probability, isRight: at % 2 === 0 })))
    const calibration = {
      ...{ kind, tried: [{ ...kind, brier: 0.25 }], before: stated(60, 0.6), after: stated(60, 0.6) },
      rejected: { kind: { method: 'platt', hasShifts: true }, after: stated(60, 0.7) },
    } as const
    expect(formatRunCard({ run, ...cardParts, calibration })).toMatch(
      /## Calibration\n\nNo calibration is used.*\(Platt scaling.*10\.0 % before and 20\.0 % after.*in percent: 10\.0, of 60 guesses/,
    )
    const empty = { kind, tried: [], before: stated(0, 1), after: stated(0, 1), rejected: null }
    expect(formatRunCard({ run, ...cardParts, calibration: empty })).toContain('made no guess on dev')
  })

  it('says how new text is split', () => {
    expect(card).not.toContain('New text')
    const splitting = { language: 'de', han: 'words', rules: 1 } as const
    const german = formatRunCard({ run: { ...run, data: { ...run.data, splitting } }, ...cardParts })
    expect(german).toContain('New text is split by the rules of: German, Han by words.')
  })

  it('names files without their folders, of words and of a BERT', () => {
    const bert = { ...run, config: { ...run.config, model: { ...run.config.model, encoder: tinyBert(true) } } }
    for (const text of [card, formatRunCard({ run: bert, ...cardParts })])
      expect(text).not.toMatch(/\/(somewhere|fixtures)\//)
    expect(formatRunCard({ run: bert, ...cardParts })).toContain('BERT bert-tiny, 2 x 16, frozen')
  })
})
