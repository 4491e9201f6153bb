/** Predictions of other systems: scored as an independent count says, kept, compared with runs, and refused where they are of something else. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createComparisons } from '#main/services/comparisons/comparisons'
import { createPredictions } from '#main/services/predictions/predictions'
import { recordedContext } from '../../support/recorded-context.ts'
import {
  makeCorpus,
  temporaryFolder,
  temporaryWorkspace,
  tripleDocs,
  type TripleRecord,
} from '../../support/temporary-workspace.ts'

type Triple = readonly [subject: string, type: string, object: string]

const gold: readonly TripleRecord[] = [
  ['Ada led Hask', ['Ada', 'led', 'Hask']],
  ['Ben led Lorn and Hask', ['Ben', 'led', 'Lorn'], ['Ben', 'led', 'Hask']],
  ['Cem left'],
]
/** Predicted triples of the three sentences: one right; one right, one wrong, one of strings that stand nowhere; one wrong. */
const predicted: readonly (readonly Triple[])[] = [
  [['Ada', 'led', 'Hask']],
  [
    ['Ben', 'led', 'Lorn'],
    ['Lorn', 'led', 'Ben'],
    ['Dia', 'led', 'Hask'],
  ],
  [['Cem', 'left', 'Cem']],
]
const texts = gold.map(([text]) => text)
const goldOf = (at: number): readonly Triple[] => (gold[at]?.slice(1) ?? []) as unknown as Triple[] // a record is a text and triples

/** Counts by hand: sets of strings, nothing of the program. */
function independentCount() {
  const keys = (triples: readonly Triple[]) => new Set(triples.map((triple) => triple.join('\t')))
  const parts = predicted.map((own, at) => ({ gold: keys(goldOf(at)), predicted: keys(own) }))
  const sum = (of: (part: (typeof parts)[number]) => number) => parts.reduce((total, part) => total + of(part), 0)
  return {
    gold: sum((part) => part.gold.size),
    predicted: sum((part) => part.predicted.size),
    correct: sum((part) => [...part.predicted].filter((key) => part.gold.has(key)).length),
  }
}

const asObject = ([subject, relation, object]: Triple) => ({ subject, relation, object })
/** The same predictions in each layout. */
const layouts: Readonly<Record<string, string>> = {
  'indented objects': predicted
    .map((own, at) =>
      JSON.stringify(
        {
          ...{ text: texts[at], triple_list_gold: goldOf(at).map(asObject), triple_list_pred: own.map(asObject) },
          ...{ new: [], lack: [] },
        },
        null,
        4,
      ),
    )
    .join('\n'),
  'predict and truth': predicted
    .map((own, at) => JSON.stringify({ text: texts[at], predict: own, truth: goldOf(at) }))
    .join('\n'),
  'triple JSON': JSON.stringify(predicted.map((own, at) => ({ text: texts[at], triple_list: own }))),
  'other white space and order': JSON.stringify(
    predicted.map((own, at) => ({ text: texts[at]?.replace(' ', '  '), triple_list: own })).toReversed(),
  ),
}

function open() {
  const workspace = temporaryWorkspace()
  const corpusId = makeCorpus(workspace, tripleDocs(...gold), 'test')
  const context = recordedContext(workspace)
  const systems = createPredictions(context)
  const folder = temporaryFolder()
  const score = (text: string, part: { name?: string; seed?: number; split?: 'dev' | 'test' } = {}) => {
    const file = path.join(folder, 'found.json')
    writeFileSync(file, text)
    return systems.score({ corpusId, split: 'test', name: 'GraphRel', file: { path: file }, ...part })
  }
  const comparisons = createComparisons(context, {
    look: async () => ({ stored: null, cost: { sentences: 0, unpredicted: 0, seconds: 0 } }),
    counted: () => null,
  })
  return { workspace, corpusId, systems, comparisons, score }
}

describe('predictions of another system', () => {
  it.each(Object.entries(layouts))('are counted as by hand from %s', async (_, text) => {
    const { score } = open()
    const { evaluation } = await score(text)
    expect(evaluation.triples.exact).toMatchObject(independentCount())
    expect(evaluation.triples.span).toMatchObject(independentCount()) // the corpus states no entity types either
    expect(evaluation.breakdowns.exact.map(({ name }) => name)).toContain('novelty')
  })

  it('say what the file leaves out, and that its gold is another', async () => {
    const { score } = open()
    const one = JSON.stringify({ text: texts[1], predict: [], truth: [['Ben', 'led', 'Lorn']] })
    const { notes, evaluation } = await score(one)
    expect(evaluation.triples.exact).toMatchObject({ gold: 3, predicted: 0 })
    expect(notes[0]).toBe('The file has no prediction for 2 sentences; their gold counts all the same.')
    expect(notes[1]).toContain('The gold in the file differs from that of the corpus in 1 sentence')
  })

  it('are refused where they are of other sentences, with the split that has them', async () => {
    const { score, workspace, corpusId, systems } = open()
    const strange = JSON.stringify([
      { text: texts[0], triple_list: [] },
      { text: 'Dia slept', triple_list: [] },
    ])
    await expect(score(strange)).rejects.toThrow(
      /found\.json: 1 of its 2 sentences is not in the test split of "made", the first in record 2: "Dia slept"\. Give predictions/,
    )
    workspace.corpora.addDocs(corpusId, 'dev', 'dev.json', tripleDocs(['Dia slept']))
    await expect(score(strange)).rejects.toThrow('It is in dev: choose that split.')
    expect(await systems.list()).toEqual([])
  })

  it('are laid beside those of another, sentence by sentence', async () => {
    const { score, comparisons } = open()
    const perfect = JSON.stringify(texts.map((text, at) => ({ text, triple_list: goldOf(at) })))
    const [one, other] = [await score(layouts['triple JSON'] ?? ''), await score(perfect, { name: 'perfect' })]
    const request = { firstId: one.systemId, secondId: other.systemId, split: 'test', match: 'exact' } as const
    const page = { filter: {}, offset: 0, limit: 10 }
    const { kinds, total, sentences } = await comparisons.diff({ ...request, ...page })
    expect([kinds.fixed, kinds['both right'], total]).toEqual([2, 1, 3])
    expect(sentences[1]?.triples.map(({ isGold, first, second }) => [isGold, first, second])).toEqual([
      ...[
        [true, 1, 1],
        [true, null, 1],
        [false, 1, null],
        [false, 1, null],
      ],
    ])
    const fixed = await comparisons.diff({ ...request, ...page, filter: { kind: 'fixed', search: 'cem' } })
    expect([fixed.total, fixed.sentences[0]?.text]).toEqual([1, 'Cem left'])
    await expect(comparisons.diff({ ...request, ...page, split: 'dev' })).rejects.toThrow('are of test, not of dev')
  })

  it('are kept by name and seed, once, until they are removed', async () => {
    const { score, systems } = open()
    const text = layouts['triple JSON'] ?? ''
    await score(text, { seed: 1 })
    await score(text, { seed: 2 })
    await expect(score(text, { seed: 2 })).rejects.toThrow('There are predictions "GraphRel" of seed 2')
    const listed = await systems.list()
    expect(listed.map(({ name, seed }) => [name, seed])).toEqual([
      ['GraphRel', 1],
      ['GraphRel', 2],
    ])
    for (const { systemId } of listed) await systems.remove({ systemId })
    expect(await systems.list()).toEqual([])
  })

  it('are scored again where the gold changed', async () => {
    const { score, systems, workspace, corpusId } = open()
    const { systemId } = await score(layouts['triple JSON'] ?? '')
    const sentenceId = workspace.corpora.labelledSentences(corpusId, 'test')[0]?.sentenceId ?? 0
    const [before] = workspace.annotations.annotation(sentenceId).relations
    if (!before) throw new Error('the sentence has no relation')
    workspace.annotations.apply(sentenceId, 'Ada', 'x', [{ kind: 'relation', before, after: null }], 1)
    const { evaluation } = await systems.get({ systemId })
    expect(evaluation.triples.exact).toMatchObject({ gold: 2, predicted: 5, correct: 1 })
  })

  it('are rows of a comparison, with their runs, the floor and a remark on what is not known', async () => {
    const { score, comparisons } = open()
    const perfect = JSON.stringify(texts.map((text, at) => ({ text, triple_list: goldOf(at) })))
    const all = [
      await score(layouts['triple JSON'] ?? '', { seed: 1 }),
      await score(layouts['triple JSON'] ?? '', { seed: 2 }),
      await score(perfect, { name: 'perfect' }),
    ]
    const systemIds = all.map(({ systemId }) => systemId)
    const request = { runIds: [], systemIds, match: 'exact' as const }
    const table = await comparisons.table({ ...request, split: 'test' })
    expect(table.rows.map(({ label, kind, each }) => [label, kind, each.length])).toEqual([
      ['GraphRel', 'system', 2],
      ['perfect', 'system', 1],
      ['oracle', 'oracle', 0],
    ])
    expect(table.remarks.join(' ')).toContain('perfect is scored from')
    const { baseline, rows } = await comparisons.differences({ ...request, split: 'test' })
    expect([baseline, rows[0]?.label, rows[0]?.why]).toEqual(['GraphRel', 'perfect', null])
    expect(rows[0]?.difference?.difference).toBeCloseTo(1 - 4 / 8)
    await expect(comparisons.table({ ...request, split: 'dev' })).rejects.toThrow(
      'The predictions of GraphRel are of the test split, not of dev',
    )
  })
})
