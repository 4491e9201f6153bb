/** Importing the files of several annotators: the same documents come once, with layers, and the report says which file is whose. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createCorpora } from '#main/services/corpora/corpora'
import { recordedContext } from '../../support/recorded-context.ts'
import { sentenceIdsOf, temporaryFolder, temporaryWorkspace } from '../../support/temporary-workspace.ts'
import { zipOf } from '../../support/zip-file.ts'

const record = (text: string, label: string) =>
  JSON.stringify({
    ...{ text, relations: [] },
    entities: [{ id: 1, label, start_offset: 0, end_offset: 4 }],
  })

async function archive(): Promise<string> {
  const file = path.join(temporaryFolder(), 'export.zip')
  const content = {
    'ada.jsonl': [record('Mara left .', 'PER'), record('Jonas came .', 'PER')].join('\n'),
    'ben.jsonl': [record('Mara left .', 'LOC'), record('Only Ben saw .', 'PER')].join('\n'),
  }
  writeFileSync(file, await zipOf(content))
  return file
}

async function importOf(settings: { readonly keepApart?: boolean }) {
  const workspace = temporaryWorkspace()
  const corpora = createCorpora(recordedContext(workspace), () => undefined)
  const report = await corpora.import({
    ...{ corpus: 'news', split: 'train', taskId: 'task', settings },
    files: [{ file: { path: await archive() } }],
  })
  const corpusId = workspace.corpora.findByName('news')?.corpusId ?? 0
  const layers = sentenceIdsOf(workspace, corpusId).map((id) => [
    workspace.corpora.sentence(id).text,
    ...workspace.annotations.layers(id).map(({ name, kind }) => `${name} ${kind}`),
  ])
  return { report, layers, workspace, corpusId }
}

it('makes layers of what the second annotator of an archive of doccano says', async () => {
  const { report, layers, workspace, corpusId } = await importOf({})
  expect(layers).toEqual([['Mara left .', 'ben annotator'], ['Jonas came .'], ['Only Ben saw .']])
  expect(report.files.map(({ name, sentences, annotator, layerOf }) => [name, sentences, annotator, layerOf])).toEqual([
    [expect.stringMatching(/ada\.jsonl$/), 2, 'ada', null],
    [expect.stringMatching(/ben\.jsonl$/), 1, 'ben', expect.stringMatching(/ada\.jsonl$/)],
  ])
  expect(report.layers).toEqual(['ben (annotator): 1 sentence'])
  expect(workspace.labels.get(corpusId).entityTypes.map(({ name }) => name)).toEqual(['PER', 'LOC'])
})

it('keeps the documents apart where that is asked for', async () => {
  const { report, layers } = await importOf({ keepApart: true })
  expect(layers).toEqual([['Mara left .'], ['Jonas came .'], ['Mara left .'], ['Only Ben saw .']])
  expect(report.files.map(({ layerOf }) => layerOf)).toEqual([null, null])
})
