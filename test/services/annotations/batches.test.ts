/** Acts on many sentences: done in parts that any other work can come between, and never left half-done. */
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createAnnotations } from '#main/services/annotations/annotations'
import { createBatches } from '#main/services/annotations/batches'
import { createLabels } from '#main/services/labels/labels'
import { openDatabase } from '#main/storage/database'
import { migrate, migrations } from '#main/storage/migrations/migrations'
import { renamedAtOnce } from '#main/storage/rename-steps'
import { openWorkspace, type Workspace } from '#main/storage/workspace'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeCorpus, sentenceIdsOf, temporaryFolder, tripleDocs } from '../../support/temporary-workspace.ts'

const folderOf = (): string => {
  const folder = temporaryFolder()
  const workspace = openWorkspace(folder)
  makeCorpus(
    workspace,
    tripleDocs(
      ...Array.from(
        { length: 50 },
        () => ['Mara left Velt', ['Mara', 'left', 'Velt'], ['Velt', 'left', 'no']] as const,
      ),
    ),
  )
  workspace.labels.extend(1, { entityTypes: [{ name: 'ENTITY' }], relationTypes: [{ name: 'left' }], signatures: [] })
  workspace.settings.update({ annotator: 'Ada' })
  workspace.close()
  return folder
}

function open(folder: string) {
  const workspace = openWorkspace(folder)
  const context = recordedContext(workspace)
  const batches = createBatches(context)
  return {
    ...{ workspace, context, batches },
    labels: createLabels(context, batches),
    annotations: createAnnotations(context, () => Promise.resolve(), batches),
  }
}

/** From now on every step is a slice of its own. */
function leap(): void {
  let ms = performance.now()
  const leaping = vi.spyOn(performance, 'now').mockImplementation(() => (ms += 100))
  onTestFinished(() => leaping.mockRestore())
}

/** Types of all relations and triples without a place, each once, and those of the label set. */
function typesIn(workspace: Workspace): string[][] {
  const ids = sentenceIdsOf(workspace, 1)
  const stated = ids.flatMap((id) => [
    ...workspace.annotations.annotation(id).relations,
    ...workspace.annotations.unanchored(id),
  ])
  return [
    [...new Set(stated.map(({ type }) => type))].toSorted(),
    workspace.labels.get(1).relationTypes.map(({ name }) => name),
  ]
}

const renaming = { corpusId: 1, kind: 'relation', from: 'left', to: 'departed' } as const
const [before, after] = [
  [['left'], ['left']],
  [['departed'], ['departed']],
]

it('renaming a type changes a few sentences at a time, shows how far it is, and takes no other edit meanwhile', async () => {
  const { workspace, context, labels, annotations } = open(folderOf())
  onTestFinished(() => workspace.close())
  leap()
  const [first = 0] = sentenceIdsOf(workspace, 1)
  const edits: Promise<unknown>[] = []
  const done: number[] = []
  context.tasks.begin = (task) => ({
    update: ({ detail = '' }) => {
      done.push(Number(detail.split(' ')[0]))
      edits.push(
        annotations.apply({ sentenceId: first, description: 'edit', changes: [] }).catch((error: unknown) => error),
      )
    },
    finish: (state) => void done.push(state === 'finished' ? Infinity : NaN),
    ...task,
  })
  expect(await labels.relabel(renaming)).toMatchObject({ sentences: 50 })
  expect(typesIn(workspace)).toEqual(after)
  expect(done.slice(0, 3)).toEqual([renamedAtOnce, 2 * renamedAtOnce, 3 * renamedAtOnce])
  expect(done.at(-1)).toBe(Infinity)
  expect((await Promise.all(edits)).map(String)).toContain(
    'AppError: "left renamed to departed" is under way in all sentences of this corpus. Try again when it is done.',
  )
  await annotations.apply({ sentenceId: first, description: 'edit', changes: [] })
})

it.each([1, 3])('a program that ends at slice %i of an act goes on with it at the next opening', async (slices) => {
  const folder = folderOf()
  leap()
  const acts: [(own: ReturnType<typeof open>) => Promise<unknown>, string[][]][] = [
    [({ labels }) => labels.relabel(renaming), after],
    [({ annotations }) => annotations.undo({ corpusId: 1 }), before],
    [({ annotations }) => annotations.redo({ corpusId: 1 }), after],
    [({ annotations }) => annotations.undo({ corpusId: 1 }), before],
  ]
  for (const [act, expected] of acts) {
    const first = open(folder)
    let left = slices
    const closing: Promise<void>[] = []
    first.context.tasks.begin = () => ({
      update: () => void (--left === 0 && closing.push(first.batches.close())),
      finish: () => undefined,
    })
    await expect(act(first)).rejects.toThrow('goes on when the workspace is opened again')
    await Promise.all(closing)
    first.workspace.close()
    const { workspace, batches, context } = open(folder)
    batches.resume()
    await vi.waitFor(() => expect(workspace.batches.underWay()).toEqual([]))
    expect(typesIn(workspace)).toEqual(expected)
    expect(context.events).toContainEqual({ type: 'corpora-changed' })
    workspace.close()
  }
})

it('an act of which one sentence has changed since is left as it is in all, and the corpus takes edits again', async () => {
  const { workspace, labels, annotations } = open(folderOf())
  onTestFinished(() => workspace.close())
  await labels.relabel(renaming)
  const last = sentenceIdsOf(workspace, 1).at(-1) ?? 0
  const [relation] = workspace.annotations.annotation(last).relations
  workspace.annotations.apply(
    last,
    'Ben',
    'gone',
    [{ kind: 'relation', before: relation ?? null, after: null } as never],
    1,
  )
  await expect(annotations.undo({ corpusId: 1 })).rejects.toThrow(
    `Sentence ${last} has changed since that act on 50 sentences`,
  )
  expect(typesIn(workspace)).toEqual(after)
  await annotations.apply({ sentenceId: last, description: 'edit', changes: [] })
})

it('a program that ends while it looks whether an act can be taken back leaves it in effect', async () => {
  const folder = folderOf()
  const first = open(folder)
  await first.labels.relabel(renaming)
  leap()
  const act = { corpusId: 1, author: 'Ada', atMs: 1, description: 'Undo' }
  void first.workspace.batches.beginReplay(act, 1, true, () => new Promise(() => undefined))
  first.workspace.close()
  const { workspace, annotations } = open(folder)
  onTestFinished(() => workspace.close())
  expect(typesIn(workspace)).toEqual(after)
  expect(await annotations.undo({ corpusId: 1 })).toMatchObject({ sentences: 50 })
})

it('types that nobody uses are renamed one after the other', async () => {
  const { workspace, labels } = open(folderOf())
  onTestFinished(() => workspace.close())
  workspace.labels.extend(1, { entityTypes: [{ name: 'A' }, { name: 'B' }], relationTypes: [], signatures: [] })
  for (const from of ['A', 'B'])
    expect(await labels.relabel({ corpusId: 1, kind: 'entity', from, to: `${from}2` })).toMatchObject({ sentences: 0 })
  expect(workspace.labels.get(1).entityTypes.map(({ name }) => name)).toEqual(['ENTITY', 'A2', 'B2'])
})

it('what was taken back before this version can be done again, with its triples that have no place', async () => {
  const folder = temporaryFolder()
  const database = openDatabase(join(folder, 'espalier.sqlite'))
  migrate(
    database,
    1,
    migrations.slice(
      0,
      migrations.findIndex(({ name }) => name.endsWith('-batch-acts')),
    ),
  )
  const labels = (type: string) => JSON.stringify({ entityTypes: [], relationTypes: [{ name: type }], signatures: [] })
  database.script(`
    INSERT INTO corpus (corpus_id, name, labels, created_ms) VALUES (1, 'old', '${labels('left')}', 1);
    INSERT INTO doc (doc_id, corpus_id, split, file, source_id, text, tokens) VALUES (1, 1, 0, 'a', 'a', 'Mara', '[0,4]');
    INSERT INTO sentence (sentence_id, doc_id, corpus_id, split, position, first_token, text, tokens, span_count, triple_count,
      overlap, ambiguous_anchors, repeated_triples) VALUES (1, 1, 1, 0, 1, 0, 'Mara', '[0,4]', 0, 1, 1, 0, 0);
    INSERT INTO unanchored VALUES (1, 0, 'Mara', 'left', 'Velt');
    INSERT INTO label_change VALUES (1, 1, '${labels('left')}', '${labels('departed')}', 'left', 'departed', '[[1,0]]');
    INSERT INTO operation (corpus_id, sentence_id, author, at_ms, description, changes, undoes, is_imported, batch) VALUES
      (1, 1, 'Ada', 1, 'rename', '[]', NULL, 0, 1), (1, 1, 'Ada', 2, 'Undo: rename', '[]', 1, 0, 2);`)
  database.close()
  const { workspace, annotations } = open(folder)
  onTestFinished(() => workspace.close())
  workspace.settings.update({ annotator: 'Ada' })
  expect(await annotations.undo({ corpusId: 1 })).toBeNull()
  expect(await annotations.redo({ corpusId: 1 })).toMatchObject({ undoneDescription: 'rename' })
  expect(typesIn(workspace)).toEqual(after)
})
