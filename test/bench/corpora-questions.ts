/** What a window asks of a corpus: every kind of page, queue and count, each measured by itself. */
import { setTimeout as wait } from 'node:timers/promises'
import { openServices, type Services } from '#main/services/services'
import { createProcessHost } from '#main/compute/host'
import { runRequest } from '#main/api/runs'
import type { SentenceFilter } from '#main/document/sentence-row'
import { commonestRelation, commonestWord } from './corpora-file.ts'
import { median } from './figures.ts'
import { watchLoop, type Delay } from './loop-delay.ts'

export interface Answer {
  readonly question: string
  readonly medianMs: number
  readonly worstMs: number
  readonly cpuMs: number
  readonly delay: Delay
  /** What was answered, in a word, so that a fast wrong answer is seen. */
  readonly said: string
}

const rounds = 5
export const runIds = ['one', 'other'] as const

type Ask = () => Promise<string | number>

export async function askAll(folder: string, exportTo: string, tell: (line: string) => void): Promise<Answer[]> {
  const services = await openServices({ workspace: folder, compute: createProcessHost() })
  try {
    const answers: Answer[] = []
    for (const [question, ask, times] of await listQuestions(services, exportTo)) {
      tell(question)
      answers.push(await measure(question, ask, times ?? rounds))
    }
    return answers
  } finally {
    await services.close()
  }
}

async function measure(question: string, ask: Ask, times: number): Promise<Answer> {
  const walls: number[] = []
  const cpus: number[] = []
  let said = ''
  const stop = watchLoop()
  for (let round = 0; round < times; round++) {
    const [start, cpu] = [performance.now(), process.cpuUsage()]
    said = String(await ask())
    walls.push(performance.now() - start)
    const { user, system } = process.cpuUsage(cpu)
    cpus.push((user + system) / 1000)
    await wait(20) // the watch gets its turn
  }
  const figures = { medianMs: median(walls), worstMs: Math.max(...walls), cpuMs: median(cpus) }
  return { question, ...figures, delay: stop(), said }
}

async function listQuestions({ handlers }: Services, exportTo: string): Promise<[string, Ask, number?][]> {
  const { corpora, annotations, labels, runs } = handlers
  const [corpus] = await corpora.list()
  if (!corpus) throw new Error('The workspace of the bench has no corpus.')
  const { corpusId } = corpus
  const total = Object.values(corpus.splits).reduce((sum, { sentences }) => sum + sentences, 0)
  const page =
    (filter: SentenceFilter, offset = 0) =>
    async () =>
      (await corpora.sentences({ corpusId, filter, offset, limit: 50 })).total
  const queue =
    (order: 'unreviewed' | 'uncertain' | 'disagreement' | 'flagged' | 'all', offset = 0) =>
    async () => {
      const [runId, againstRunId] = runIds
      return (await annotations.queue({ corpusId, order, runId, againstRunId, filter: {}, offset, limit: 50 })).total
    }
  const relabel = (to: string) => async () =>
    (await labels.previewRelabel({ corpusId, kind: 'relation', from: commonestRelation, to })).sentences
  const [entity = ''] = (await labels.get({ corpusId })).entityTypes.map(({ name }) => name)
  return [
    ['corpora', async () => (await corpora.list()).length],
    ['page: first', page({})],
    ['page: middle', page({}, Math.floor(total / 2))],
    ['page: last', page({}, total - 50)],
    ['page: one split, last', page({ splits: ['train'] }, corpus.splits.train.sentences - 50)],
    ['page: unreviewed', page({ status: 'new' })],
    ['page: unreviewed, last', page({ status: 'new' }, total - 200)],
    ['page: reviewed', page({ status: 'reviewed' })],
    ['page: flagged', page({ status: 'flagged' })],
    ['page: commonest relation type', page({ relationType: commonestRelation })],
    ['page: commonest relation type, far', page({ relationType: commonestRelation }, Math.floor(total / 4))],
    ['page: rare relation type', page({ relationType: 'relation23' })],
    ['page: commonest entity type', page({ entityType: entity })],
    ['page: commonest entity type, far', page({ entityType: entity }, Math.floor(total / 4))],
    ['page: class SEO', page({ overlapClass: 'SEO' })],
    ['page: class SEO, far', page({ overlapClass: 'SEO' }, Math.floor(total / 20))],
    ['page: class none', page({ overlapClass: 'none' })],
    ['search: commonest word', page({ search: commonestWord })],
    ['search: commonest word, far', page({ search: commonestWord }, Math.floor(total / 4))],
    ['search: rare word', page({ search: '"word19000"' })],
    ['search: two common words', page({ search: 'word1 word2' })],
    ['search and type', page({ search: commonestWord, relationType: commonestRelation, status: 'new' })],
    ['queue: unreviewed', queue('unreviewed')],
    ['queue: unreviewed, last', queue('unreviewed', total - 200)],
    ['queue: flagged', queue('flagged')],
    ['queue: uncertain', queue('uncertain')],
    ['queue: uncertain, page 20', queue('uncertain', 1000)],
    ['queue: disagreement', queue('disagreement')],
    ['progress', async () => (await annotations.progress({ corpusId })).total],
    ['label usage', async () => (await labels.usage({ corpusId })).relationTypes.length],
    ['violations', async () => (await labels.violations({ corpusId, offset: 0, limit: 50 })).total],
    ['preview of renaming', relabel('renamed')],
    ['preview of merging', relabel('relation1')],
    [
      'estimate',
      async () => (await runs.estimate(runRequest.parse({ corpusId, variants: ['pmei'], seeds: [1] }))).weights,
      2,
    ],
    ['statistics', async () => (await corpora.statistics({ corpusId })).splits[0]?.tokens ?? 0, 2],
    ['leaks', async () => (await corpora.leaks({ corpusId })).documents, 1],
    [
      'export as jsonl',
      async () => {
        const choice = { corpusId, format: 'jsonl', split: null, replace: true, taskId: 'bench' }
        return (await corpora.export({ ...choice, path: exportTo })).documents
      },
      1,
    ],
  ]
}
