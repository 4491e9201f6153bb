/** Splitting and joining words and sentences in the workspace: all that is kept of them follows, and undo brings all of it back. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import { emptyAnnotation, type AnnotatedSpan } from '#main/document/annotation'
import { joinWithNextSentence, splitSentence } from '#main/document/edit-sentences'
import { addSpan, deleteSpan } from '#main/document/edit'
import { joinWithNextWord, splitWord } from '#main/document/edit-words'
import { setReviewed } from '#main/document/edit-review'
import { invertChanges, type LoggedChange } from '#main/document/operation'
import { wordsOf } from '#main/text/words'
import { createAnnotationRepository } from '#main/storage/annotation-repository'
import { createCorpusRepository } from '#main/storage/corpus-repository'
import { openDatabase, type Database } from '#main/storage/database'
import { eraseCorpus } from '#main/storage/erase-corpus'
import { migrate, migrations } from '#main/storage/migrations/migrations'
import { finishRenumbering } from '#main/storage/segmentation/place'
import { createPredictionRepository } from '#main/storage/prediction-repository'
import { expectRightCounts } from '../support/kept-counts.ts'

const provenance = { origin: 'import', author: 'file' } as const
const span = (id: string, start: number, end: number, label = 'PER'): AnnotatedSpan => ({
  id,
  start,
  end,
  label,
  provenance,
})
const said = (spans: AnnotatedSpan[], more: Partial<SentenceAnnotation> = {}): SentenceAnnotation => ({
  ...{ ...emptyAnnotation, spans, unanchored: [], ambiguousAnchors: 0, repeatedTriples: 0, history: [], ...more },
})

/** Two documents, the first with three sentences that layers speak of too. */
function docs(): AnnotatedDoc[] {
  const text = "Mara can't stop. 北京 is far. Orbisk employs Mara."
  const tokens = [...text.matchAll(/[\w']+|[.]|[^\s.]+/gu)].map(({ 0: word, index }) => ({
    ...{ start: index, end: index + word.length },
  }))
  const sentences = [
    { start: 0, end: 4 },
    { start: 4, end: 8 },
    { start: 8, end: 12 },
  ]
  const relation = { id: 'r', subject: 'a', type: 'employs', object: 'b', provenance }
  const unanchored = [{ subject: 'Nowhere', type: 'in', object: 'Beijing' }]
  const rejections = [{ id: 'x', kind: 'span', key: '1:2:PER', provenance } as const]
  const annotations = [
    said([span('a', 0, 1)], { rejections, review: { isReviewed: true, isFlagged: false, note: 'seen' } }),
    said([span('a', 0, 1, 'LOC')], { unanchored, repeatedTriples: 1, ambiguousAnchors: 2 }),
    said([span('a', 0, 1, 'ORG'), span('b', 2, 3)], { relations: [relation] }),
  ]
  const other = [said([span('l1', 0, 2)]), said([span('l1', 0, 3)]), said([span('l1', 0, 3)], { relations: [] })]
  const last: AnnotatedDoc = {
    id: 'two',
    text: 'Ada slept',
    tokens: [
      { start: 0, end: 3 },
      { start: 4, end: 9 },
    ],
    sentences: [{ start: 0, end: 2 }],
    annotations: [said([])],
  }
  return [
    {
      id: 'one',
      text,
      tokens,
      sentences,
      annotations,
      layers: [{ kind: 'annotator', name: 'anna', annotations: other }],
    },
    last,
  ]
}

let kept: Database | null = null

/** One database for all tests, as it was before the first of them. */
function freshDatabase(): Database {
  if (kept) kept.script('ROLLBACK TO start')
  else {
    kept = openDatabase(':memory:')
    migrate(kept, 1, migrations)
    kept.script('SAVEPOINT start')
  }
  return kept
}

function filled() {
  const database = freshDatabase()
  const corpora = createCorpusRepository(database, () => 1)
  const annotations = createAnnotationRepository(database)
  const labels = {
    entityTypes: [{ name: 'PER' }, { name: 'ORG' }, { name: 'LOC' }],
    relationTypes: [{ name: 'employs' }],
    signatures: [],
  }
  const corpusId = corpora.create('Small', labels)
  corpora.addDocs(corpusId, 'train', 'a.jsonl', docs())
  database.run(`INSERT INTO experiment (experiment_id, created_ms) VALUES ('e', 1)`)
  database.run(
    `INSERT INTO run (run_id, experiment_id, corpus_id, name, status, config, data, created_ms, epoch)
     VALUES ('run', 'e', ?, 'run', 'finished', '{}', '{}', 1, 1)`,
    corpusId,
  )
  for (const id of [1, 2, 3, 4])
    database.run(
      `INSERT INTO prediction (run_id, sentence_id, checkpoint_epoch, prediction) VALUES ('run', ?, 1, '{"cells":[]}')`,
      id,
    )
  database.run(
    `INSERT INTO system (system_id, corpus_id, split, name, file_name, notes, created_ms, scorer, digests, evaluation, counts)
     VALUES ('sys', ?, 0, 'sys', '', '[]', 1, 1, x'', '{}', '{}')`,
    corpusId,
  )
  const stated = JSON.stringify({ spans: [{ start: 1, end: 3, label: 'PER' }], triples: [], unanchored: [] })
  for (const id of [1, 2, 3]) database.run(`INSERT INTO system_prediction VALUES ('sys', ?, ?)`, id, stated)

  const ids = () =>
    database.column<number>('SELECT sentence_id FROM sentence WHERE corpus_id = ? ORDER BY split, position', corpusId)
  const desk = (sentenceId: number) => {
    const { text, tokens } = corpora.sentence(sentenceId)
    const newId = () => crypto.randomUUID()
    return {
      annotation: annotations.annotation(sentenceId),
      context: { author: 'Ada', words: wordsOf(text, tokens), tokens, newId },
    }
  }
  const act = (sentenceId: number, { changes }: { readonly changes: readonly LoggedChange[] }, author = 'Ada') => {
    if (changes.length > 0) annotations.apply(sentenceId, author, 'act', changes, 1)
  }
  const replay = (verb: 'undo' | 'redo'): boolean => {
    const find = verb === 'undo' ? annotations.latestUndoable : annotations.latestRedoable
    const last = find(corpusId, 'Ada')
    if (!last) return false
    const changes = verb === 'undo' ? invertChanges(last.changes) : last.changes
    annotations.apply(last.sentenceId, 'Ada', verb, changes, 1, { undoes: last.operationId })
    return true
  }
  return { database, corpora, annotations, corpusId, ids, desk, act, replay }
}

type Filled = ReturnType<typeof filled>

/** All that is kept of the sentences in sight. */
function stateOf({ database, corpusId }: Filled) {
  const own = 'sentence_id IN (SELECT sentence_id FROM sentence WHERE corpus_id = ?) ORDER BY'
  const rows = (table: string, columns: string, order: string) =>
    database.all(`SELECT ${columns} FROM ${table} WHERE ${own} ${order}`, corpusId)
  const provenance = 'origin, author, confidence'
  return {
    docs: database.all('SELECT doc_id, split, text, tokens FROM doc WHERE corpus_id = ? ORDER BY doc_id', corpusId),
    sentences: rows('sentence', '*', 'sentence_id'),
    spans: rows(
      'span',
      `sentence_id, span_id, start_token, end_token, start_char, end_char, label, ${provenance}`,
      '1, 2',
    ),
    relations: rows('relation', `sentence_id, relation_id, subject, type, object, ${provenance}`, '1, 2'),
    rejections: rows('rejection', `sentence_id, rejection_id, kind, key`, '1, 2'),
    unanchored: rows('unanchored', '*', '1, 2'),
    layers: rows('layer_annotation', '*', '1, 2'),
    predictions: rows('prediction', 'sentence_id, run_id, checkpoint_epoch, prediction', '1, 2'),
    systems: rows('system_prediction', '*', '2, 1'),
    counts: database.all('SELECT run_id, predictions FROM prediction_count WHERE corpus_id = ?', corpusId),
  }
}

function expectWhole({ database, corpora, corpusId, annotations }: Filled): void {
  expectRightCounts(database)
  expect(database.all('PRAGMA foreign_key_check')).toEqual([])
  database.run(`INSERT INTO sentence_text (sentence_text, rank) VALUES ('integrity-check', 1)`)
  expect(database.column('SELECT position FROM sentence WHERE corpus_id = ? ORDER BY position', corpusId)).toEqual(
    database.column('SELECT row_number() OVER () FROM sentence WHERE corpus_id = ?', corpusId),
  )
  const [page = []] = corpora.docsOf(corpusId, 'train')
  const texts = new Map(docs().map(({ id, text }) => [id, text]))
  for (const doc of page) {
    expect(doc.text).toBe(texts.get(doc.id))
    expect(doc.sentences[0]?.start).toBe(0)
    expect(doc.sentences.at(-1)?.end).toBe(doc.tokens.length)
    doc.sentences.forEach(({ start }, at) => expect(start).toBe(doc.sentences[at - 1]?.end ?? 0))
    for (const layer of doc.layers ?? []) expect(layer.annotations).toHaveLength(doc.sentences.length)
  }
  for (const { sentence_id: id, text, tokens } of database.all<{ sentence_id: number; text: string; tokens: string }>(
    'SELECT sentence_id, text, tokens FROM sentence WHERE corpus_id = ?',
    corpusId,
  )) {
    const doc = page.find((one) => one.text.includes(text))
    const words = wordsOf(text, corpora.sentence(id).tokens)
    expect(wordsOf(doc?.text ?? '', doc?.tokens ?? []).join('|')).toContain(words.join('|'))
    expect(JSON.parse(tokens)[0]).toBe(0)
    for (const span of annotations.annotation(id).spans) expect(span.end).toBeLessThanOrEqual(words.length)
  }
}

const kinds = [
  'split word',
  'join words',
  'split sentence',
  'join sentences',
  'add',
  'delete',
  'review',
  'undo',
] as const
const step = fc.record({ kind: fc.constantFrom(...kinds), sentence: fc.nat(5), word: fc.nat(9), at: fc.nat(5) })

it('keeps counts, search, documents, layers, systems and predictions in step, and brings all of them back', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 7 }), (steps) => {
      const made = filled()
      const { ids, desk, act, replay, annotations } = made
      const start = stateOf(made)
      for (const { kind, sentence, word, at } of steps) {
        const sentenceId = ids()[sentence % ids().length] ?? 0
        const { annotation, context } = desk(sentenceId)
        const place = word % context.words.length
        const own = annotation.spans[word % annotation.spans.length]
        const next = annotations.following(sentenceId)
        if (kind === 'split word') act(sentenceId, splitWord(annotation, place, at, context))
        if (kind === 'join words') act(sentenceId, joinWithNextWord(annotation, place, context))
        if (kind === 'split sentence') act(sentenceId, splitSentence(annotation, place, context))
        if (kind === 'join sentences' && next) act(sentenceId, joinWithNextSentence(annotation, next, context))
        if (kind === 'add') act(sentenceId, addSpan(annotation, { start: place, end: place + 1 }, 'ORG', context))
        if (kind === 'delete' && own) act(sentenceId, deleteSpan(annotation, own.id, context))
        if (kind === 'review') act(sentenceId, setReviewed(annotation, !annotation.review.isReviewed))
        if (kind === 'undo') replay('undo')
        expectWhole(made)
      }
      const end = stateOf(made)
      let undone = 0
      while (replay('undo')) undone++
      expectWhole(made)
      expect(stateOf(made)).toEqual(start)
      for (; undone > 0; undone--) replay('redo')
      expectWhole(made)
      expect(stateOf(made)).toEqual(end)
    }),
    { numRuns: 30 },
  )
})

it('lets a run predict a sentence again whose words changed, and has its former prediction back with the words', () => {
  const made = filled()
  const predictions = createPredictionRepository(made.database)
  const { annotation, context } = made.desk(1)
  made.act(1, splitWord(annotation, 1, 3, context))
  expect(made.desk(1).context.words).toEqual(['Mara', 'can', "'t", 'stop', '.'])
  expect(predictions.count('run', [1, 2, 3, 4])).toBe(3)
  expect(made.database.column(`SELECT stated FROM system_prediction WHERE sentence_id = 1`)).toEqual([
    '{"spans":[{"start":1,"end":4,"label":"PER"}],"triples":[],"unanchored":[]}',
  ])
  made.replay('undo')
  expect(predictions.count('run', [1, 2, 3, 4])).toBe(4)
})

it('undoes no split when somebody else has changed the second part, and says which', () => {
  const { desk, act, replay, ids } = filled()
  const { annotation, context } = desk(1)
  act(1, splitSentence(annotation, 2, context))
  const second = ids()[1] ?? 0
  const part = desk(second)
  expect(part.context.words).toEqual(['stop', '.'])
  act(second, addSpan(part.annotation, { start: 0, end: 1 }, 'ORG', part.context), 'Ben')
  expect(() => replay('undo')).toThrow('the sentence behind it has changed meanwhile')
  expect(ids()).toHaveLength(5)
})

it('tells who opens or edits a sentence that was joined with the one before it', () => {
  const { desk, act, annotations, corpora } = filled()
  const { annotation, context } = desk(1)
  const next = annotations.following(1)
  if (next) act(1, joinWithNextSentence(annotation, next, context))
  expect(() => corpora.sentence(2)).toThrow('Sentence 2 was joined with the one before it. Undo takes that back.')
  expect(() => act(2, setReviewed(emptyAnnotation, true))).toThrow('was joined with the one before it since')
  expect(annotations.history(1, 2, 5).map(({ sentenceId }) => sentenceId)).toEqual([1])
})

it('erases a corpus with the sentences that were joined in it', () => {
  const { database, desk, act, annotations, corpusId } = filled()
  const { annotation, context } = desk(1)
  const next = annotations.following(1)
  if (next) act(1, joinWithNextSentence(annotation, next, context))
  database.run('DELETE FROM run')
  database.run('UPDATE corpus SET is_staging = 1 WHERE corpus_id = ?', corpusId)
  for (const _ of eraseCorpus(database, corpusId)) continue
  for (const table of ['corpus', 'sentence', 'doc', 'operation', 'set_aside', 'layer_annotation', 'span'])
    expect(database.column(`SELECT count(*) FROM ${table}`), table).toEqual([0])
})

it('numbers the sentences of a large split again in slices, and brings that to its end at the next opening', async () => {
  const { database, corpora, corpusId, desk, act, annotations, replay } = filled()
  const [last] = docs().slice(-1)
  corpora.addDocs(
    corpusId,
    'train',
    'b.jsonl',
    Array.from({ length: 600 }, (_, at) => ({ ...last, id: `more ${at}` }) as AnnotatedDoc),
  )
  const places = () => database.column('SELECT position FROM sentence WHERE corpus_id = ? ORDER BY position', corpusId)
  const { annotation, context } = desk(1)
  act(1, splitSentence(annotation, 2, context))
  expect(() => corpora.labelledSentences(corpusId, 'train')).toThrow('are being numbered again')
  await annotations.renumber(corpusId, () => Promise.resolve())
  expect(places()).toEqual(Array.from({ length: 605 }, (_, at) => at + 1))
  expect(
    desk(
      database.column<number>('SELECT sentence_id FROM sentence WHERE corpus_id = ? AND position = 2', corpusId)[0] ??
        0,
    ).context.words,
  ).toEqual(['stop', '.'])
  replay('undo')
  finishRenumbering(database)
  expect(places()).toEqual(Array.from({ length: 604 }, (_, at) => at + 1))
})
