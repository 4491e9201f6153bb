/** Calls about something that is not there: every procedure says so in a sentence, and nothing is changed. */
import { expect, it } from 'vitest'
import { toAppError } from '#main/api/client-errors'
import { contract } from '#main/api/contract'
import { createLocalClient, type Client } from '#main/api/router'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

const corpusId = 999
const sentenceId = 999_999
const runId = 'nowhere'
const extractionId = 999
const jobId = 999
const binId = 999
const exportChoice = { corpusId, format: 'jsonl', split: null, taskId: 'export' }
const page = { offset: 0, limit: 10 }
const span = { id: 's', start: 0, end: 1, label: 'PERSON', provenance: { origin: 'person', author: 'Ada' } } as const
const labels = { entityTypes: [], relationTypes: [], signatures: [] }
const relabel = { kind: 'entity', from: 'PERSON', to: 'PLACE' } as const

const compared = { runIds: [runId], match: 'exact' as const, split: 'dev' as const }
const list = { extractionId: 999, filter: {} }
const plan = { name: 'x', variants: ['mtl' as const], seeds: [1] }
const seeded = { shares: { train: 8, dev: 1, test: 1 }, seed: 1, taskId: 'x' }

type Calls = {
  readonly [Noun in keyof Client]: {
    readonly [Verb in keyof Client[Noun]]: ((client: Client, known: Known) => Promise<unknown>)[]
  }
}
interface Known {
  readonly corpusId: number
  readonly sentenceId: number
}

/** For every procedure of the contract the calls that name something unknown; none where nothing is named. */
const calls: Calls = {
  books: {
    ...{ list: [], search: [], licences: [], about: [] },
    read: [({ books }) => books.read({ name: 'guides/nowhere' })],
    picture: [({ books }) => books.picture({ name: 'nowhere' })],
  },
  corpora: {
    ...{ list: [], formats: [], previewImport: [], import: [] },
    publishImport: [({ corpora }) => corpora.publishImport({ importId: 999 })],
    discardImport: [],
    sentences: [({ corpora }) => corpora.sentences({ corpusId, filter: {}, ...page })],
    savedFilters: [({ corpora }) => corpora.savedFilters({ corpusId })],
    saveFilter: [({ corpora }) => corpora.saveFilter({ corpusId, name: 'x', filter: {} })],
    changeFilter: [({ corpora }) => corpora.changeFilter({ filterId: 999, name: 'x' })],
    restoreFilter: [({ corpora }) => corpora.restoreFilter({ filterId: 999 })],
    removeFilter: [({ corpora }) => corpora.removeFilter({ filterId: 999 })],
    sentenceIds: [({ corpora }) => corpora.sentenceIds({ corpusId, filter: {}, ...page })],
    assignSplit: [
      ({ corpora }, known) => {
        const selection = { sentenceIds: [sentenceId] }
        return corpora.assignSplit({ corpusId: known.corpusId, selection, split: 'test', taskId: 'x' })
      },
      ({ corpora }) => corpora.assignSplit({ corpusId, selection: { filter: {} }, split: 'test', taskId: 'x' }),
    ],
    previewSplit: [({ corpora }) => corpora.previewSplit({ corpusId, ...seeded })],
    split: [({ corpora }) => corpora.split({ corpusId, ...seeded })],
    undoSplit: [({ corpora }) => corpora.undoSplit({ corpusId, taskId: 'x' })],
    redoSplit: [({ corpora }) => corpora.redoSplit({ corpusId, taskId: 'x' })],
    problems: [({ corpora }) => corpora.problems({ corpusId, filter: {}, ...page })],
    leaks: [({ corpora }) => corpora.leaks({ corpusId })],
    statistics: [({ corpora }) => corpora.statistics({ corpusId })],
    rename: [({ corpora }) => corpora.rename({ corpusId, name: 'Other' })],
    remove: [({ corpora }) => corpora.remove({ corpusId })],
    removal: [({ corpora }) => corpora.removal({ corpusId })],
    previewExport: [({ corpora }) => corpora.previewExport(exportChoice)],
    export: [({ corpora }) => corpora.export({ ...exportChoice, path: '/nowhere/a.jsonl' })],
    prepareDownload: [({ corpora }) => corpora.prepareDownload(exportChoice)],
    readDownload: [({ corpora }) => corpora.readDownload({ downloadId: 'nowhere', offset: 0 })],
  },
  experiments: {
    list: [],
    get: [({ experiments }) => experiments.get({ experimentId: 'nowhere' })],
    estimate: [({ experiments }) => experiments.estimate({ corpusId, plan })],
    start: [({ experiments }) => experiments.start({ corpusId, plan })],
  },
  team: {
    layers: [({ team }) => team.layers({ corpusId })],
    agreement: [({ team }) => team.agreement({ corpusId })],
    assign: [
      ({ team }) => team.assign({ corpusId, selection: { filter: {} }, people: ['Ann'], overlap: 1 }),
      ({ team }, known) => {
        const selection = { sentenceIds: [sentenceId] }
        return team.assign({ corpusId: known.corpusId, selection, people: ['Ann'], overlap: 1 })
      },
    ],
    assignments: [({ team }) => team.assignments({ corpusId })],
    removeAssignment: [({ team }) => team.removeAssignment({ packageId: 'nowhere' })],
    writePackage: [({ team }) => team.writePackage({ packageId: 'nowhere', path: '/nowhere/a.zip' })],
    preparePackage: [({ team }) => team.preparePackage({ packageId: 'nowhere' })],
    openPackage: [],
    package: [({ team }) => team.package({ corpusId })],
    writeReturn: [({ team }) => team.writeReturn({ corpusId, path: '/nowhere/a.zip' })],
    prepareReturn: [({ team }) => team.prepareReturn({ corpusId })],
    merge: [({ team }) => team.merge({ corpusId, file: { path: '/nowhere/a.zip' }, how: 'whole' })],
  },
  labels: {
    get: [(client) => client.labels.get({ corpusId })],
    update: [(client) => client.labels.update({ corpusId, labels })],
    usage: [(client) => client.labels.usage({ corpusId })],
    previewRelabel: [(client) => client.labels.previewRelabel({ corpusId, ...relabel })],
    relabel: [(client) => client.labels.relabel({ corpusId, ...relabel })],
    cases: [(client) => client.labels.cases({ corpusId, kind: 'entity', name: 'PERSON', limit: 1 })],
    violations: [(client) => client.labels.violations({ corpusId, ...page })],
  },
  annotations: {
    open: [
      ({ annotations }) => annotations.open({ sentenceId, runId: null }),
      ({ annotations }, known) => annotations.open({ sentenceId: known.sentenceId, runId }),
    ],
    apply: [
      ({ annotations }) =>
        annotations.apply({ sentenceId, description: 'x', changes: [{ kind: 'span', before: null, after: span }] }),
    ],
    segment: [({ annotations }) => annotations.segment({ sentenceId, act: { kind: 'join-sentences' } })],
    occurrences: [({ annotations }) => annotations.occurrences({ sentenceId, start: 0, end: 1, label: 'PERSON' })],
    propagate: [
      ({ annotations }) => annotations.propagate({ label: 'PERSON', places: [{ sentenceId, start: 0, end: 1 }] }),
    ],
    undo: [({ annotations }) => annotations.undo({ corpusId })],
    redo: [({ annotations }) => annotations.redo({ corpusId })],
    backTo: [
      ({ annotations }) => annotations.backTo({ sentenceId, operationId: null }),
      ({ annotations }, known) => annotations.backTo({ sentenceId: known.sentenceId, operationId: 999 }),
    ],
    history: [
      ({ annotations }) => annotations.history({ corpusId, sentenceId: null, limit: 1 }),
      ({ annotations }, known) => annotations.history({ corpusId: known.corpusId, sentenceId, limit: 1 }),
    ],
    queue: [
      ({ annotations }) => annotations.queue({ corpusId, order: 'all', runId: null, filter: {}, ...page }),
      ({ annotations }, known) =>
        annotations.queue({ corpusId: known.corpusId, order: 'uncertain', runId, filter: {}, ...page }),
      ({ annotations }, known) =>
        annotations.queue({
          ...{ corpusId: known.corpusId, filter: {}, runId: null, ...page },
          order: 'all',
          againstRunId: runId,
        }),
    ],
    progress: [({ annotations }) => annotations.progress({ corpusId })],
    reliance: [
      ({ annotations }) => annotations.reliance({ corpusId, runId }),
      ({ annotations }, known) => annotations.reliance({ corpusId: known.corpusId, runId }),
    ],
    predictMissing: [
      ({ annotations }) => annotations.predictMissing({ corpusId, runId, taskId: 'x' }),
      ({ annotations }, known) => annotations.predictMissing({ corpusId: known.corpusId, runId, taskId: 'x' }),
    ],
    predict: [({ annotations }, known) => annotations.predict({ runId, sentenceIds: [known.sentenceId] })],
  },
  models: {
    export: [({ models }) => models.export({ runId, path: '/nowhere/model', taskId: 'x' })],
    check: [],
    import: [({ models }) => models.import({ path: '/nowhere/model', corpusId })],
  },
  suggestions: {
    sources: [({ suggestions }) => suggestions.sources({ corpusId })],
    choose: [
      ({ suggestions }) => suggestions.choose({ corpusId, source: null }),
      ({ suggestions }, known) => suggestions.choose({ corpusId: known.corpusId, source: { kind: 'run', runId } }),
    ],
    runTypes: [({ suggestions }, known) => suggestions.runTypes({ corpusId: known.corpusId, runId })],
    mapTypes: [
      ({ suggestions }, known) =>
        suggestions.mapTypes({ corpusId: known.corpusId, runId, mapping: { entities: {}, relations: {} } }),
    ],
    previewRules: [({ suggestions }) => suggestions.previewRules({ corpusId, rules: 'Ada,PERSON' })],
    applyRules: [
      ({ suggestions }) => suggestions.applyRules({ corpusId, name: 'x', rules: 'Ada,PERSON', taskId: 'x' }),
    ],
    importLayer: [
      ({ suggestions }) => suggestions.importLayer({ corpusId, name: 'x', file: { path: 'x' }, taskId: 'x' }),
    ],
    groups: [
      ({ suggestions }) => suggestions.groups({ corpusId, source: { kind: 'run', runId }, by: 'type' }),
      ({ suggestions }, known) =>
        suggestions.groups({ corpusId: known.corpusId, source: { kind: 'run', runId }, by: 'type' }),
    ],
    answer: [
      ({ suggestions }, known) =>
        suggestions.answer({
          ...{ corpusId: known.corpusId, source: { kind: 'run', runId }, isAccepted: true },
          group: { kind: 'span', type: 'PERSON', text: null },
        }),
    ],
    removeLayer: [({ suggestions }) => suggestions.removeLayer({ corpusId, layer: { kind: 'rule', name: 'x' } })],
  },
  runs: {
    list: [],
    get: [({ runs }) => runs.get({ runId })],
    estimate: [
      ({ runs }) => runs.estimate({ corpusId, variants: ['pmei'], seeds: [1] }),
      ({ runs }, known) =>
        runs.estimate({ corpusId: known.corpusId, variants: ['pmei'], seeds: [1], fromRunId: runId }),
    ],
    start: [
      ({ runs }) => runs.start({ corpusId, variants: ['pmei'], seeds: [1] }),
      ({ runs }, known) => runs.start({ corpusId: known.corpusId, variants: ['pmei'], seeds: [1], fromRunId: runId }),
    ],
    cancel: [({ runs }) => runs.cancel({ runId })],
    pause: [({ runs }) => runs.pause({ runId })],
    resume: [({ runs }) => runs.resume({ runId })],
    rename: [({ runs }) => runs.rename({ runId, name: 'x' })],
    corrections: [({ runs }) => runs.corrections({ runId })],
    setTags: [({ runs }) => runs.setTags({ runId, tags: [] })],
    setNote: [({ runs }) => runs.setNote({ runId, note: 'x' })],
    removal: [({ runs }) => runs.removal({ runId })],
    remove: [({ runs }) => runs.remove({ runId })],
    evaluation: [({ runs }) => runs.evaluation({ runId, split: 'dev' })],
    evaluate: [({ runs }) => runs.evaluate({ runId, split: 'dev' })],
    spread: [({ runs }) => runs.spread({ runId, split: 'dev', draws: 2 })],
    effects: [({ runs }) => runs.effects({ runId, split: 'dev' })],
    tune: [({ runs }) => runs.tune({ runId })],
    calibration: [({ runs }) => runs.calibration({ runId })],
    calibrate: [({ runs }) => runs.calibrate({ runId })],
    checkCalibration: [({ runs }) => runs.checkCalibration({ runId, split: 'test' })],
    untune: [({ runs }) => runs.untune({ runId })],
  },
  comparisons: {
    table: [({ comparisons }) => comparisons.table(compared)],
    differences: [({ comparisons }) => comparisons.differences(compared)],
    scores: [({ comparisons }) => comparisons.scores(compared)],
    breakdowns: [({ comparisons }) => comparisons.breakdowns(compared)],
    probabilities: [({ comparisons }) => comparisons.probabilities(compared)],
    goldVersions: [({ comparisons }) => comparisons.goldVersions(compared)],
    markGold: [({ comparisons }) => comparisons.markGold({ sentenceId: 999_999, isWrong: true })],
    confusion: [({ comparisons }) => comparisons.confusion({ ...compared, memberId: runId })],
    published: [],
    diff: [
      ({ comparisons }) =>
        comparisons.diff({ firstId: 'nowhere', secondId: 'x', match: 'exact', split: 'dev', filter: {}, ...page }),
    ],
    saved: [],
    save: [],
    change: [({ comparisons }) => comparisons.change({ comparisonId: 999, name: 'x' })],
    remove: [({ comparisons }) => comparisons.remove({ comparisonId: 999 })],
    restore: [({ comparisons }) => comparisons.restore({ comparisonId: 999 })],
  },
  predictions: {
    list: [],
    get: [({ predictions }) => predictions.get({ systemId: 'nowhere' })],
    score: [
      ({ predictions }) => predictions.score({ corpusId, split: 'test', name: 'x', file: { path: '/nowhere/a.json' } }),
    ],
    remove: [({ predictions }) => predictions.remove({ systemId: 'nowhere' })],
  },
  extraction: {
    list: [],
    text: [({ extraction }) => extraction.text({ runId, text: 'A text.' })],
    start: [
      ({ extraction }) => extraction.start({ runId, files: [{ path: '/nowhere/a.txt' }] }),
      ({ extraction }) => extraction.start({ runId, corpus: { corpusId, split: null } }),
    ],
    rules: [({ extraction }) => extraction.rules({ extractionId })],
    get: [({ extraction }) => extraction.get({ extractionId })],
    results: [({ extraction }) => extraction.results({ extractionId, ...page })],
    failures: [({ extraction }) => extraction.failures({ extractionId, after: null, limit: 1 })],
    notes: [({ extraction }) => extraction.notes({ extractionId })],
  },
  results: {
    facts: [({ results }) => results.facts({ extractionId })],
    triples: [
      ({ results }) =>
        results.triples({ ...list, sorting: { by: 'order', isDescending: false }, after: null, limit: 1 }),
    ],
    pairs: [
      ({ results }) =>
        results.pairs({ ...list, sorting: { by: 'support', isDescending: true }, after: null, limit: 1 }),
    ],
    entities: [({ results }) => results.entities({ ...list, after: null, limit: 1 })],
    marks: [({ results }) => results.marks({ ...list, of: 'entities', after: null, most: 100 })],
    neighbourhood: [({ results }) => results.neighbourhood({ extractionId, entityId: 1, depth: 1, nodes: 10 })],
    compare: [({ results }) => results.compare({ extractionId, against: { extractionId: 998 } })],
    correct: [({ results }) => results.correct({ tripleId: 999 })],
    export: [({ results }) => results.export({ extractionId, format: 'csv', path: 'a.csv', taskId: 'x' })],
    prepareDownload: [({ results }) => results.prepareDownload({ extractionId, format: 'csv', taskId: 'x' })],
  },
  samples: {
    draw: [({ samples }) => samples.draw({ extractionId, size: 5, seed: 1 })],
    list: [({ samples }) => samples.list({ extractionId })],
    items: [({ samples }) => samples.items({ sampleId: 999_999, ...page })],
    judge: [({ samples }) => samples.judge({ sampleId: 999_999, position: 0, verdict: 'right' })],
    report: [({ samples }) => samples.report({ sampleId: 999_999 })],
    remove: [({ samples }) => samples.remove({ sampleId: 999_999 })],
  },
  jobs: {
    list: [],
    forgetEnded: [],
    get: [({ jobs }) => jobs.get({ jobId })],
    pause: [({ jobs }) => jobs.pause({ jobId })],
    resume: [({ jobs }) => jobs.resume({ jobId })],
    cancel: [({ jobs }) => jobs.cancel({ jobId })],
    move: [({ jobs }) => jobs.move({ jobId, beforeId: null })],
    forget: [({ jobs }) => jobs.forget({ jobId })],
  },
  bin: {
    purge: [],
    list: [],
    restore: [(client) => client.bin.restore({ binId })],
    erase: [(client) => client.bin.erase({ binId })],
  },
  system: {
    report: [],
    ...{ doctor: [], measure: [], settings: [], updateSettings: [], tasks: [], events: [] },
    cancelTask: [({ system }) => system.cancelTask({ taskId: 'nowhere' })],
  },
  workspaces: {
    backUp: [],
    restore: [],
    backups: [],
    putBack: [],
    soundness: [],
    repair: [],
    check: [],
    exportAll: [],
    places: [],
    recent: [],
    open: [],
    erasure: [],
    erase: [],
  },
}

it('covers the whole contract', () => {
  for (const [noun, verbs] of Object.entries(contract))
    expect(Object.keys(calls[noun as keyof Client]).sort()).toEqual(Object.keys(verbs).sort())
})

it('what is unknown is not found, whatever is asked about it', async () => {
  const services = await openTestServices(temporaryFolder())
  const client = createLocalClient(services.handlers)
  const known = { corpusId: await importTiny(services, { train: 6, dev: 3 }), sentenceId: 1 }
  const outcomes: Record<string, string> = {}
  for (const [noun, verbs] of Object.entries(calls))
    for (const [verb, variants] of Object.entries(verbs as Record<string, Calls['runs']['get']>))
      for (const [at, call] of variants.entries())
        outcomes[`${noun}.${verb} ${at}`] = await call(client, known).then(
          (value) => `answered ${JSON.stringify(value)?.slice(0, 60)}`,
          (error: unknown) => `${toAppError(error).code}: ${toAppError(error).message}`,
        )
  const wrong = Object.entries(outcomes).filter(
    ([, outcome]) => !/^not-found: .*\b(999|999999|nowhere)\b.*\w\.$/.test(outcome),
  )
  expect(wrong).toEqual([])
})
