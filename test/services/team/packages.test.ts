/** Packages: what goes out to people, what they see, and what comes back, in two workspaces of their own. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Source } from '#main/core/source'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { emptyAnnotation, type AnnotatedSpan } from '#main/document/annotation'
import { zipMembers } from '#main/files/zip'
import { createTeam } from '#main/services/team/team'
import type { Workspace } from '#main/storage/workspace'
import { zipOf } from '../../support/zip-file.ts'
import { recordedContext } from '../../support/recorded-context.ts'
import {
  makeCorpus,
  sentenceIdsOf,
  temporaryFolder,
  temporaryWorkspace,
  tripleDocs,
} from '../../support/temporary-workspace.ts'

const labels = {
  entityTypes: [{ name: 'PER', guideline: 'A person by name.' }, { name: 'ORG' }],
  relationTypes: [{ name: 'met' }],
  signatures: [],
}
const everything = { selection: { filter: {}, without: [] }, overlap: 1, seed: 1, withGold: false } as const

/** A workspace with a corpus of sentences that say who met whom. */
function home(sentences = 4, change = (doc: AnnotatedDoc, _at: number): AnnotatedDoc => doc) {
  const workspace = temporaryWorkspace()
  const docs = tripleDocs(
    ...Array.from({ length: sentences }, (_, at) => [`Ada${at} met Ben .`, [`Ada${at}`, 'met', 'Ben']] as const),
  )
  const corpusId = makeCorpus(workspace, docs.map(change))
  workspace.labels.put(corpusId, { ...labels, entityTypes: [...labels.entityTypes, { name: 'ENTITY' }] })
  return { workspace, corpusId, folder: temporaryFolder(), ...clocked(workspace) }
}

/** The team of a workspace whose clock goes on by a second at each look. */
function clocked(workspace: Workspace) {
  let atMs = 1_000
  const context = { ...recordedContext(workspace), now: () => (atMs += 1_000) }
  return { team: createTeam(context) }
}

const file = (folder: string, name: string) => ({ path: path.join(folder, name) })

/** Marks words of a sentence as a person does, and the sentence as reviewed or not. */
function annotate(
  workspace: Workspace,
  sentenceId: number,
  starts: readonly number[],
  isReviewed: boolean,
  label = 'PER',
) {
  const before = workspace.annotations.annotation(sentenceId)
  const spans = starts.map((start): AnnotatedSpan => ({
    ...{ id: `${start} ${label}`, start, end: start + 1, label, provenance: { origin: 'person', author: 'Ann' } },
  }))
  const changes = [
    ...before.spans.map((span) => ({ kind: 'span', before: span, after: null }) as const),
    ...spans.map((span) => ({ kind: 'span', before: null, after: span }) as const),
    { kind: 'review', before: before.review, after: { ...before.review, isReviewed } } as const,
  ]
  workspace.annotations.apply(sentenceId, 'Ann', 'annotate', changes, 5_000)
}

/** Assigns all of the corpus to Ann and opens it elsewhere. */
async function assigned(own = home()) {
  const [manifest] = await own.team.assign({ corpusId: own.corpusId, people: ['Ann'], ...everything })
  if (!manifest) throw new Error('there is one')
  const out = file(own.folder, 'ann.zip')
  await own.team.writePackage({ packageId: manifest.packageId, ...out })
  const away = temporaryWorkspace()
  const { team } = clocked(away)
  const opened = await team.openPackage({ file: out })
  const sentenceIds = sentenceIdsOf(away, opened.corpusId)
  const sendBack = async (name: string) => {
    await team.writeReturn({ corpusId: opened.corpusId, ...file(own.folder, name) })
    return file(own.folder, name)
  }
  const merge = (back: { path: string }, how: 'preview' | 'whole' | 'without-conflicts' = 'whole') =>
    own.team.merge({ corpusId: own.corpusId, file: back, how })
  return { ...own, manifest, out, away, opened, sentenceIds, sendBack, merge }
}

/** Writes an archive of the same members, each as `edit` gives it; one that becomes empty is left out. */
async function rezip(from: string, to: string, edit: (member: string, text: string) => string): Promise<void> {
  const content: Record<string, string> = {}
  for (const [name, source] of await zipMembers(from)) {
    const text = edit(name, await readAll(source))
    if (text !== '') content[name] = text
  }
  writeFileSync(to, await zipOf(content))
}

async function readAll(source: Source): Promise<string> {
  let text = ''
  for await (const piece of source.open()) text += Buffer.from(piece).toString()
  return text
}

const layersOf = ({ workspace, corpusId }: { workspace: Workspace; corpusId: number }) =>
  sentenceIdsOf(workspace, corpusId).map((id) =>
    workspace.annotations.layers(id).map(({ kind, name, annotation }) => `${kind} ${name} ${annotation.spans.length}`),
  )

describe('packages', () => {
  it('go out blind, with the labels and their guidelines, and come back as the layer of their person', async () => {
    const all = await assigned()
    const { away, opened, sentenceIds, sendBack, merge } = all
    expect(opened.name).toBe('made for Ann')
    expect(away.labels.get(opened.corpusId).entityTypes[0]).toEqual(labels.entityTypes[0])
    expect(sentenceIds.map((id) => away.annotations.annotation(id).spans)).toEqual([[], [], [], []])
    const [first = 0, second = 0, third = 0] = sentenceIds
    annotate(away, first, [0, 2], true)
    annotate(away, second, [], true)
    annotate(away, third, [0], false)
    const back = await sendBack('back.zip')
    expect(await merge(back, 'preview')).toMatchObject({ added: 2, open: 2, begun: 1, isMerged: false })
    expect(layersOf(all)).toEqual([[], [], [], []])
    expect(await merge(back)).toMatchObject({ added: 2, updated: 0, same: 0, isMerged: true })
    expect(layersOf(all)).toEqual([['annotator Ann 2'], ['annotator Ann 0'], [], []])
    expect(await merge(back)).toMatchObject({ added: 0, updated: 0, same: 2 })
    annotate(away, second, [2], true)
    annotate(away, third, [0], true)
    expect(await merge(await sendBack('again.zip'))).toMatchObject({ added: 1, updated: 1, same: 1 })
    expect(layersOf(all)).toEqual([['annotator Ann 2'], ['annotator Ann 1'], ['annotator Ann 1'], []])
    await expect(merge(back)).rejects.toThrow('older than the return of Ann')
    const { layers } = await all.team.agreement({ corpusId: all.corpusId, layers: null, seed: 1 })
    expect(layers.map(({ name, annotated, of }) => [name, annotated, of])).toEqual([
      ['Ann', 3, 4],
      ['gold', 3, 4],
    ])
  })

  it('show the annotation of the corpus where that is chosen', async () => {
    const { team, corpusId, folder } = home()
    const [manifest] = await team.assign({ corpusId, people: ['Ann'], ...everything, withGold: true })
    await team.writePackage({ packageId: manifest?.packageId ?? '', ...file(folder, 'a.zip') })
    const away = temporaryWorkspace()
    const opened = await clocked(away).team.openPackage({ file: file(folder, 'a.zip'), corpus: 'Mine' })
    const [first = 0] = sentenceIdsOf(away, opened.corpusId)
    expect(away.annotations.annotation(first)).toMatchObject({
      spans: [{}, {}],
      relations: [{}],
      review: { isReviewed: false },
    })
  })

  it('list what cannot be merged, and merge the rest only when asked to', async () => {
    const all = await assigned()
    const { away, opened, sentenceIds, sendBack, merge, workspace, corpusId } = all
    away.labels.extend(opened.corpusId, { ...labels, entityTypes: [{ name: 'NEW' }] })
    const [first = 0, second = 0] = sentenceIds
    annotate(away, first, [0], true, 'NEW')
    annotate(away, second, [0], true)
    const back = await sendBack('back.zip')
    await expect(merge(back)).rejects.toThrow('uses the label NEW, which made does not have')
    expect(layersOf(all)).toEqual([[], [], [], []])
    expect(await merge(back, 'without-conflicts')).toMatchObject({ added: 1, conflicting: 1 })
    expect(layersOf(all)).toEqual([[], ['annotator Ann 1'], [], []])
    workspace.labels.extend(corpusId, { ...labels, entityTypes: [{ name: 'NEW' }] })
    expect(await merge(back)).toMatchObject({ added: 1, same: 1, conflicting: 0 })
  })

  it('are refused as a whole where they are of another corpus, not returned, changed by hand or cut off', async () => {
    const all = await assigned()
    const { out, sendBack, merge, folder, team, workspace } = all
    const back = await sendBack('back.zip')
    await expect(merge(out)).rejects.toThrow('as it was assigned to Ann')
    const other = workspace.corpora.create('other', labels)
    await expect(team.merge({ corpusId: other, file: back, how: 'whole' })).rejects.toThrow(
      'is of the corpus "made", not of other',
    )
    const elsewhere = home()
    await expect(elsewhere.team.merge({ corpusId: elsewhere.corpusId, file: back, how: 'whole' })).rejects.toThrow(
      'of another workspace',
    )
    const bytes = readFileSync(back.path)
    writeFileSync(file(folder, 'cut.zip').path, bytes.subarray(0, bytes.length / 2))
    await expect(merge(file(folder, 'cut.zip'))).rejects.toThrow('cut.zip')
    const members = await zipMembers(back.path)
    expect([...members.keys()].sort()).toEqual(['SHA256SUMS', 'corpus.jsonl', 'package.json'])
    await expect(all.team.openPackage({ file: back })).rejects.toThrow('was returned by Ann')
    await expect(merge({ path: path.join(folder, 'nothing.zip') })).rejects.toThrow('nothing.zip')
  })

  it('are refused when a member was edited, whatever else it says', async () => {
    const { sendBack, merge, folder, sentenceIds, away } = await assigned()
    annotate(away, sentenceIds[0] ?? 0, [0], true)
    const back = await sendBack('back.zip')
    const rewrite = (name: string, edit: (member: string, text: string) => string) =>
      rezip(back.path, file(folder, name).path, edit)
    await rewrite('edited.zip', (member, text) => (member === 'corpus.jsonl' ? text.replace('"PER"', '"ORG"') : text))
    await expect(merge(file(folder, 'edited.zip'))).rejects.toThrow(
      'edited.zip was changed after it was written: its corpus.jsonl',
    )
    await rewrite('other.zip', (member, text) => (member === 'package.json' ? text.replace('Ann', 'Eve') : text))
    await expect(merge(file(folder, 'other.zip'))).rejects.toThrow('its package.json does not fit the checksum')
    await rewrite('sums.zip', (member, text) => (member === 'SHA256SUMS' ? text.slice(9) : text))
    await expect(merge(file(folder, 'sums.zip'))).rejects.toThrow('in its SHA256SUMS, line 1')
    await rewrite('part.zip', (member, text) => (member === 'SHA256SUMS' ? '' : text))
    await expect(merge(file(folder, 'part.zip'))).rejects.toThrow('it lacks SHA256SUMS')
  })

  it('leave a layer of the same name alone that a file gave', async () => {
    const said = { ...emptyAnnotation, unanchored: [], ambiguousAnchors: 0, repeatedTriples: 0, history: [] }
    const layers = [{ kind: 'annotator', name: 'Ann', annotations: [said] }] as const
    const all = await assigned(home(2, (doc, at) => (at === 0 ? { ...doc, layers } : doc)))
    for (const id of all.sentenceIds) annotate(all.away, id, [0], true)
    const back = await all.sendBack('back.zip')
    await expect(all.merge(back)).rejects.toThrow('has a layer of Ann already that came with a file')
    expect(await all.merge(back, 'without-conflicts')).toMatchObject({ added: 1, conflicting: 1 })
    expect(layersOf(all)).toEqual([['annotator Ann 0'], ['annotator Ann 1']])
  })

  it('deal the rest out to one person each, and share the same sentences with everyone', async () => {
    const { team, corpusId } = home(40)
    const request = { corpusId, ...everything, overlap: 0.25 }
    const [ann, ben] = await team.assign({ ...request, people: ['Ann', 'Ben'] })
    expect(ann?.shared).toBe(ben?.shared)
    expect((ann?.sentences ?? 0) + (ben?.sentences ?? 0)).toBe(40 + (ann?.shared ?? 0))
    expect(Math.abs((ann?.sentences ?? 0) - (ben?.sentences ?? 0))).toBeLessThan(2)
    const [cem] = await team.assign({ ...request, people: ['Cem'] })
    expect(cem?.sentences).toBe(ann?.shared)
    await expect(team.assign({ ...request, people: ['Dia'], overlap: 0 })).rejects.toThrow('Nothing is left for Dia')
    expect((await team.assignments({ corpusId })).map(({ person }) => person)).toEqual(['Cem', 'Ben', 'Ann'])
  })
})
