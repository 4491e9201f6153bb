/** Who suggests in a corpus: rules, files of other systems, and the best run. */
import { describe, expect, it } from 'vitest'
import { emptyAnnotation } from '#main/document/annotation'
import { acceptSuggestion } from '#main/document/edit-suggestions'
import { suggesterOf, type SuggestionSource } from '#main/document/suggestion-source'
import { suggestionsOf } from '#main/document/suggestions'
import { bestRun } from '#main/runs/best-run'
import { createAnnotations } from '#main/services/annotations/annotations'
import { createSuggestions } from '#main/services/suggestions/suggestions'
import { toScores } from '#main/evaluation/scores'
import { tokenize } from '#main/text/words'
import { onDisk } from '../../support/files-on-disk.ts'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeRun } from '../../support/renderer-runs.ts'
import { makeCorpus, sentenceIdsOf, temporaryWorkspace, tripleDocs } from '../../support/temporary-workspace.ts'

function start(...texts: string[]) {
  const workspace = temporaryWorkspace()
  const corpusId = makeCorpus(workspace, tripleDocs(...texts.map((text) => [text] as const)))
  workspace.labels.update(corpusId, {
    entityTypes: [{ name: 'PER' }],
    relationTypes: [{ name: 'met' }],
    signatures: [],
  })
  const context = recordedContext(workspace)
  const annotations = createAnnotations(context, async () => undefined)
  const ids = sentenceIdsOf(workspace, corpusId)
  const open = (at: number, source: SuggestionSource | null) =>
    annotations.open({
      ...{ sentenceId: ids[at] ?? 0, runId: null },
      layer: source?.kind === 'layer' ? source.layer : null,
    })
  const suggested = async (at: number, source: SuggestionSource | null) => {
    const { annotation, prediction } = await open(at, source)
    return suggestionsOf(annotation, prediction)
  }
  return { workspace, corpusId, annotations, ids, open, suggested, suggestions: createSuggestions(context) }
}

const list = { kind: 'layer', layer: { kind: 'rule', name: 'names' } } as const

describe('rules', () => {
  it('suggest in the whole corpus, keep their origin when accepted, and are replaced by the next ones of their name', async () => {
    const { corpusId, annotations, ids, open, suggested, suggestions, workspace } = start('Ada met Bo .', 'Bo slept .')
    const request = { corpusId, name: 'names', isAnyCase: false, addsLabels: false, taskId: 't' }
    const applied = await suggestions.applyRules({ ...request, rules: 'Ada,PER\n/B\\w+/,PER\nslept,VERB' })
    expect(applied).toMatchObject({ sentences: 2, matches: 3, problems: ['Rules of VERB were left out.'] })
    const [first] = await suggested(0, list)
    if (!first) throw new Error('nothing is suggested')
    const { annotation } = await open(0, list)
    const context = { author: 'Eva', words: ['Ada', 'met', 'Bo', '.'], newId: () => 'new' }
    const { changes, description } = acceptSuggestion(annotation, first, suggesterOf(list), context)
    await annotations.apply({ sentenceId: ids[0] ?? 0, description, changes: [...changes] })
    expect((await open(0, list)).annotation.spans).toMatchObject([{ provenance: { origin: 'rule', author: 'names' } }])
    await suggestions.applyRules({ ...request, rules: 'slept,VERB', addsLabels: true })
    expect((await suggested(0, list)).length).toBe(0)
    expect(await suggested(1, list)).toMatchObject([{ label: 'VERB' }])
    expect(workspace.labels.get(corpusId).entityTypes.map(({ name }) => name)).toEqual(['PER', 'VERB'])
    const { layers } = await suggestions.sources({ corpusId })
    expect(layers).toEqual([{ kind: 'rule', name: 'names', sentences: 1, rules: 'slept,VERB' }])
    await suggestions.removeLayer({ corpusId, layer: list.layer })
    expect((await suggestions.sources({ corpusId })).layers).toEqual([])
  })

  it('are previewed with counts and places, and a pattern that never ends is given up by name', async () => {
    const { corpusId, suggestions } = start(...Array.from({ length: 4 }, () => `Ada ${'a'.repeat(40)}b`))
    const preview = await suggestions.previewRules({ corpusId, isAnyCase: false, rules: 'Ada,PER\n/(a+)+$/,VERB' })
    expect(preview).toMatchObject({ rules: 2, matches: 4, sentences: 4, lookedAt: 4, unknownLabels: ['VERB'] })
    expect(preview.counts[0]).toMatchObject({ text: 'Ada', matches: 4, examples: [{ match: 'Ada' }, {}, {}] })
    expect(preview.problems).toEqual([expect.stringMatching(/^Line 2: the pattern takes too long, so it was given up/)])
  })

  it('are refused where none of their lines could suggest anything', async () => {
    const { corpusId, suggestions } = start('Ada met Bo .')
    const request = { corpusId, name: 'names', isAnyCase: false, addsLabels: false, taskId: 't' }
    await expect(suggestions.applyRules({ ...request, rules: 'Ada,CITY' })).rejects.toThrow(/none of the labels.*CITY/)
  })
})

const file = (lines: readonly object[]) => {
  const [{ file: reference } = { file: { path: '' } }] = onDisk({
    name: 'model.jsonl',
    text: [{ espalier: 'corpus', version: 1, labels: { entityTypes: [], relationTypes: [], signatures: [] } }, ...lines]
      .map((line) => JSON.stringify(line))
      .join('\n'),
  })
  return reference
}
const by = (confidence: number) => ({ origin: 'import', author: 'm', confidence })
function sentence(text: string, spans: readonly object[], relations: readonly object[] = []) {
  const tokens = tokenize(text).map(({ start, end }) => [start, end])
  return { id: text, text, tokens, sentences: [{ tokens: [0, tokens.length], spans, relations }] }
}

describe('the file of another system', () => {
  it('suggests in the sentences of the same letters, with its probabilities, and says what it left out', async () => {
    const { corpusId, suggested, suggestions } = start('Ada met Bo .', 'Ada met Bo .', 'Bo slept .')
    const reference = file([
      sentence(
        'Ada  met Bo.',
        [
          { id: 'a', start: 0, end: 1, label: 'per', provenance: by(0.7) },
          { id: 'b', start: 2, end: 3, label: 'PER', provenance: by(0.6) },
          { id: 'c', start: 1, end: 2, label: 'VERB' },
        ],
        [{ id: 'r', subject: 'a', object: 'b', type: 'met', provenance: by(0.4) }],
      ),
      sentence('Nobody came .', []),
    ])
    const request = { corpusId, name: 'model', file: reference, addsLabels: false, taskId: 't' }
    const imported = await suggestions.importLayer(request)
    expect(imported).toMatchObject({ sentences: 2, spans: 4, relations: 2 })
    expect(imported.problems.join(' ')).toMatch(/1 sentence of the file is not in the corpus.*"Nobody came \."/)
    expect(imported.problems.join(' ')).toContain('The label set has no VERB')
    const source = { kind: 'layer', layer: imported.layer } as const
    expect((await suggested(1, source)).map(({ key, probability }) => [key, probability])).toEqual([
      ['0:1:PER', 0.7],
      ['2:3:PER', 0.6],
      ['0:1|met|2:3', 0.4],
    ])
    expect(await suggested(2, source)).toEqual([])
  })

  it('leaves nothing where none of its sentences, or none of its types, is there', async () => {
    const { corpusId, suggestions } = start('Ada met Bo .')
    const request = { corpusId, name: 'model', addsLabels: true, taskId: 't' }
    const stranger = file([sentence('Nobody came .', [{ id: 'a', start: 0, end: 1, label: 'NEW' }])])
    await expect(suggestions.importLayer({ ...request, file: stranger })).rejects.toThrow(/so nothing was imported/)
    const unfit = file([sentence('Ada met Bo .', [{ id: 'a', start: 0, end: 1, label: 'NEW' }])])
    const bare = { ...request, file: unfit, addsLabels: false }
    await expect(suggestions.importLayer(bare)).rejects.toThrow(/none of the types of the file \(NEW\)/)
    expect((await suggestions.sources({ corpusId })).layers).toEqual([])
  })
})

describe('the file of another system, tried on a corpus that has its layer', () => {
  const said = (text: string, ...labels: string[]) =>
    sentence(
      text,
      labels.map((label, at) => ({ id: `s${at}`, start: at, end: at + 1, label })),
    )

  async function startWithLayer() {
    const started = start('Ada met Bo .', 'Bo slept .')
    const { corpusId, suggestions, suggested, workspace } = started
    const request = { corpusId, name: 'model', addsLabels: false, taskId: 't' }
    const { layer } = await suggestions.importLayer({ ...request, file: file([said('Ada met Bo .', 'PER')]) })
    const state = async () => ({
      keys: (await suggested(0, { kind: 'layer', layer })).map(({ key }) => key),
      types: workspace.labels.get(corpusId).entityTypes.map(({ name }) => name),
    })
    return { ...started, request, state, former: { keys: ['0:1:PER'], types: ['PER'] } }
  }

  it('writes nothing in a dry run, which answers and fails as the import does', async () => {
    const { request, suggestions, state, former } = await startWithLayer()
    const next = { ...request, file: file([said('Ada met Bo .', 'VERB', 'per'), said('No .')]), addsLabels: true }
    const tried = await suggestions.importLayer({ ...next, isDryRun: true })
    expect(await state()).toEqual(former)
    expect(tried).toEqual(await suggestions.importLayer(next))
    expect(tried).toMatchObject({ sentences: 1, spans: 2, recordsLeftOut: 1 })
    const unfit = { ...request, file: file([said('Ada met Bo .', 'NEW')]), isDryRun: true }
    await expect(suggestions.importLayer(unfit)).rejects.toThrow(/none of the types/)
  })

  it('keeps the former layer where nothing fits, or where a strict import leaves a record out', async () => {
    const { request, suggestions, state, former } = await startWithLayer()
    const refused = async (lines: readonly object[], isStrict = false) => {
      await expect(suggestions.importLayer({ ...request, file: file(lines), isStrict })).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringMatching(/othing was imported/) as string,
      })
      expect(await state()).toEqual(former)
    }
    const met = { id: 'r', subject: 's0', object: 's0', type: 'met' }
    const [halfFit] = [said('Ada met Bo .', 'NEW')].map((one) => ({
      ...one,
      sentences: one.sentences.map((own) => ({ ...own, relations: [met] })),
    }))
    await refused([halfFit ?? {}])
    await refused([said('Ada met Bo .')])
    await refused([said('Ada met Bo .', 'PER', 'PER'), said('No .')], true)
  })

  it('has types that are there already, whatever their case, also where it adds the others', async () => {
    const { request, suggestions, state } = await startWithLayer()
    const reference = file([said('Ada met Bo .', 'per', 'Verb', 'VERB'), said('No .', 'ELSEWHERE')])
    await suggestions.importLayer({ ...request, file: reference, addsLabels: true })
    expect(await state()).toEqual({ keys: ['0:1:PER', '1:2:Verb', '2:3:Verb'], types: ['PER', 'Verb'] })
  })

  it('is refused under a name that is empty, reserved, or of a layer of another kind', async () => {
    const { request, suggestions, workspace, ids, corpusId, state, former } = await startWithLayer()
    const nothing = { spans: [], relations: [], unanchored: [], ambiguousAnchors: 0, repeatedTriples: 0, history: [] }
    const said0 = new Map([[ids[1] ?? 0, { ...emptyAnnotation, ...nothing }]])
    workspace.layers.put(corpusId, { kind: 'annotator', name: 'Jon' }, said0)
    const named = (name: string) =>
      suggestions.importLayer({ ...request, name, file: file([said('Ada met Bo .', 'PER', 'PER')]) })
    await expect(named(' ')).rejects.toThrow('Name the system: --layer spacy')
    await expect(named('Gold')).rejects.toThrow('"Gold" stands for the annotation of the corpus itself')
    await expect(named('Jon')).rejects.toThrow('"Jon" is the name of an annotator in this corpus')
    expect(await state()).toEqual(former)
  })
})

describe('the choice of who suggests', () => {
  it('is remembered, nobody included, until the source is gone', async () => {
    const { corpusId, suggestions } = start('Ada met Bo .')
    const applied = { corpusId, name: 'names', isAnyCase: false, addsLabels: false, rules: 'Ada,PER', taskId: 't' }
    await suggestions.applyRules(applied)
    await suggestions.choose({ corpusId, source: list })
    expect((await suggestions.sources({ corpusId })).source).toEqual(list)
    await suggestions.removeLayer({ corpusId, layer: list.layer })
    expect((await suggestions.sources({ corpusId })).source).toBeNull()
  })

  it('is the best run by dev where nobody chose, runs of one task last', () => {
    const scored = (name: string, correct: number, part: object = {}) => ({
      ...makeRun('pmei', 1),
      runId: name,
      bestDev: toScores(10, 10, correct),
      ...part,
    })
    const runs = [
      scored('good', 8),
      scored('newest', 5, { createdMs: 9000 }),
      scored('elsewhere', 9, { corpusId: 2 }),
      scored('without weights', 10, { bestEpoch: null }),
    ]
    const [sample] = runs
    const alone = sample && {
      ...scored('entities alone', 10),
      config: { ...sample.config, model: { ...sample.config.model, tasks: ['entity' as const] } },
    }
    expect(bestRun([...runs, ...(alone ? [alone] : [])], 1)?.runId).toBe('good')
  })
})

describe('a review of the whole corpus', () => {
  it('counts by words, accepts a group in the sentences that wait as one act, and one undo takes it back', async () => {
    const { corpusId, annotations, ids, open, suggestions } = start('Ada met Bo .', 'Ada slept .', 'Ada left .')
    const rules = { isAnyCase: false, addsLabels: false, rules: 'Ada,PER\nBo,PER' }
    await suggestions.applyRules({ corpusId, name: 'names', ...rules, taskId: 't' })
    const before = { isReviewed: false, isFlagged: false, note: '' }
    const changes = [{ kind: 'review', before, after: { ...before, isReviewed: true } } as const]
    await annotations.apply({ sentenceId: ids[2] ?? 0, description: 'Done', changes })
    const asked = { corpusId, source: list, leastProbability: 0.5 }
    const { groups, ...totals } = await suggestions.groups({ ...asked, by: 'string' })
    expect(totals).toEqual({ unlisted: 0, suggestions: 3, waiting: 2, predicted: 2 })
    expect(groups.map(({ group, count, sentences }) => [group.text, group.type, count, sentences])).toEqual([
      ['Ada', 'PER', 2, 2],
      ['Bo', 'PER', 1, 1],
    ])
    const group = { kind: 'span', type: 'PER', text: 'Ada' } as const
    expect(await suggestions.answer({ ...asked, group, isAccepted: true })).toBe(2)
    const spans = async () => Promise.all([0, 1, 2].map(async (at) => (await open(at, list)).annotation.spans.length))
    expect(await spans()).toEqual([1, 1, 0])
    expect((await open(1, list)).annotation.spans[0]?.provenance).toMatchObject({ origin: 'rule', author: 'names' })
    expect((await annotations.undo({ corpusId }))?.sentences).toBe(2)
    expect(await spans()).toEqual([0, 0, 0])
    await suggestions.answer({ ...asked, group: { ...group, text: null }, isAccepted: false })
    expect((await suggestions.groups({ ...asked, by: 'type' })).suggestions).toBe(0)
  })
})
