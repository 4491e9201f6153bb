/** New text is split as the texts were that the run learnt from. */
import { extractAll } from '../../support/extracted.ts'
import { describe, expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import { likeTraining, noteOnRules } from '#main/services/extraction/like-training'
import { splittingRules } from '#main/text/splitting'
import { makeRun } from '../../support/renderer-runs.ts'
import { openTestServices, temporaryFolder } from '../../support/services.ts'
import { onDisk } from '../../support/files-on-disk.ts'

const plain = makeRun('pmei', 1)
const run = (language: 'de' | 'found', rules = splittingRules) => ({
  ...plain,
  data: { ...plain.data, splitting: { language, han: 'words', rules } as const },
})

describe('the texts of an extraction', () => {
  it('are split as the run says, unless something else is asked for', () => {
    expect(likeTraining(run('de'))).toMatchObject({ language: 'de', han: 'words' })
    expect(likeTraining(run('found'))).toMatchObject({ language: undefined, han: 'words' })
    expect(likeTraining(run('de'), { language: 'fr', sentencePerLine: true })).toMatchObject({
      ...{ language: 'fr', han: 'words', sentencePerLine: true },
    })
    expect(likeTraining(plain)).toMatchObject({ language: undefined, han: undefined })
  })

  it('are noted where the rules have changed since', () => {
    expect(noteOnRules(run('de'))).toBeNull()
    expect(noteOnRules(plain)).toBeNull()
    expect(noteOnRules(run('de', 0))).toContain('version 0 of the rules')
  })
})

it('a run on German texts keeps how they were split, and splits new texts alike', async () => {
  const { handlers } = await openTestServices(temporaryFolder())
  const record = (day: number) => ({
    text: `Am ${day}. Mai gründete Ada Lund die Orbisk und ist nicht ihre Leiterin .`,
    triple_list: [['Ada Lund', 'founded', 'Orbisk']],
  })
  for (const split of ['train', 'dev'] as const) {
    const text = JSON.stringify(Array.from({ length: 12 }, (_, day) => record(day + (split === 'dev' ? 13 : 1))))
    await handlers.corpora.import({
      corpus: 'Deutsch',
      split,
      files: onDisk({ name: `${split}.json`, text }),
      taskId: split,
    })
  }
  const [corpus] = await handlers.corpora.list()
  const asked = runRequest.parse({
    ...{ corpusId: corpus?.corpusId, variants: ['mtl'], seeds: [1], backend: 'wasm', threads: 1 },
    training: { epochs: 1, batchSize: 12 },
  })
  const events = await handlers.system.events()
  const [started] = await handlers.runs.start(asked)
  for await (const event of events) if (event.type === 'run' && event.run.status === 'finished') break
  expect(started?.data.splitting).toEqual({ language: 'de', han: 'characters', rules: splittingRules })
  const text = 'Orbisk feiert am 5. Juni. Nora kommt.' // alone it tells no language
  const sentencesOf = (found: { sentences: readonly { text: string }[] }) => found.sentences.map((one) => one.text)
  const runId = started?.runId ?? ''
  expect(sentencesOf(await handlers.extraction.text({ runId, text }))).toEqual([
    'Orbisk feiert am 5. Juni.',
    'Nora kommt.',
  ])
  const settings = { language: 'en' as const }
  const { found } = await extractAll({ handlers }, { runId, files: [{ name: 'a.txt', text }], settings })
  expect(sentencesOf(found[0] ?? { sentences: [] })).toEqual(['Orbisk feiert am 5.', 'Juni.', 'Nora kommt.'])
})
