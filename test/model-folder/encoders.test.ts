/** The folder of a model with word vectors or a BERT predicts what the run does in its workspace, without their files. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import { createProcessHost } from '#main/compute/host'
import { openModelFolder } from '#main/model-folder/model-folder'
import { checkModel } from '#main/services/models/check-model'
import { openStandalone } from '#main/services/models/standalone'
import type { Services } from '#main/services/services'
import { bertFolder } from '../support/bert-folder.ts'
import { flipBit } from '../support/flip-bit.ts'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

async function train({ handlers }: Services, corpusId: number, change: object): Promise<string> {
  const asked = runRequest.parse({
    ...{ corpusId, variants: ['mtl'], seeds: [1], backend: 'wasm', threads: 1 },
    training: { epochs: 2, batchSize: 10, learningRate: 0.01 },
    ...change,
  })
  const events = await handlers.system.events()
  const [run] = await handlers.runs.start(asked)
  for await (const event of events)
    if (event.type === 'run' && event.run.status !== 'queued' && event.run.status !== 'running') break
  return run?.runId ?? ''
}

/** Words of training in lower case and words that it has not seen. */
const vectorText = [...['mara', 'velt', 'founded', 'led', 'in', 'tarnow', 'orbisk', 'zeppelin', 'quoll', 'of the']]
  .map((word, at) => `${word} ${[1, 2, 3, 4].map((place) => Math.sin(at * 4 + place).toFixed(4)).join(' ')}`)
  .join('\n')

const unseenSentence = { words: ['Mara', 'Velt', 'founded', 'Zeppelin', 'Quoll', 'in', 'Nowhere', '.'] }

describe('the folder of a model that began from word vectors', () => {
  async function trained() {
    const folder = temporaryFolder()
    const services = await openTestServices(path.join(folder, 'workspace'))
    const file = path.join(folder, 'vectors.txt')
    writeFileSync(file, `${vectorText}\n`)
    const training = { epochs: 10, batchSize: 4, learningRate: 0.03 }
    const change = { vectors: file, training, model: { wordDimension: 4, hidden: 8 } }
    const runId = await train(services, await importTiny(services, { train: 24, dev: 6, test: 6 }), change)
    const { run } = await services.handlers.runs.get({ runId })
    const exportTo = (vectors: 'known' | 'all') =>
      services.handlers.models.export({
        runId,
        path: path.join(folder, vectors),
        vectors,
        replace: false,
        taskId: vectors,
      })
    return { folder, services, file, run, exportTo }
  }

  it('knows the unseen words of the whole file when it takes that along, and says what it does otherwise', async () => {
    const { folder, services, file, run, exportTo } = await trained()
    const { notes, unseen } = await exportTo('known')
    expect(notes.join()).toContain('Export with --vectors all')
    expect(unseen).toContain('take the vector of the unknown word')
    expect((await exportTo('all')).unseen).toContain('vectors.bin (9 words)') // one word of the file holds a space
    const text = 'Mara Velt founded Zeppelin Quoll in Nowhere.'
    const inWorkspace = await services.handlers.extraction.text({ runId: run.runId, text })
    await services.close()
    rmSync(file)
    const compute = createProcessHost()
    try {
      const probabilities = async (name: string): Promise<number[]> => {
        const opened = await openModelFolder(path.join(folder, name))
        const open = () => openStandalone(opened, { compute, backend: 'wasm', threads: 1, tell: () => undefined })
        await checkModel(opened, open())
        const session = open()
        const [prediction] = await session.predict([unseenSentence]).finally(() => session.close())
        return prediction?.spans.map(({ probability }) => probability) ?? []
      }
      const expected = inWorkspace.sentences.flatMap(({ spans }) => spans.map(({ probability }) => probability))
      expect(expected.length).toBeGreaterThan(0)
      expect(await probabilities('all')).toEqual(expected)
      expect(await probabilities('known')).not.toEqual(expected)
    } finally {
      await compute.close()
    }
    flipBit(path.join(folder, 'all', 'vectors.bin'), 900)
    await expect(openModelFolder(path.join(folder, 'all'))).rejects.toThrow(/vectors\.bin is damaged/)
  })

  it('is imported with its vectors, which are looked up where they lie', async () => {
    const { folder, run, services, exportTo } = await trained()
    await exportTo('all')
    const elsewhere = await openTestServices(path.join(folder, 'elsewhere'))
    const imported = await elsewhere.handlers.models.import({ path: path.join(folder, 'all') })
    expect(imported.notes.join()).toContain('leave that file where it is')
    const text = 'Mara Velt founded Zeppelin Quoll in Nowhere.'
    const [here, there] = [services, elsewhere].map(({ handlers }) =>
      handlers.extraction.text({ runId: run.runId, text }),
    )
    expect(await there).toEqual(await here)
  })

  it('is not written with vectors of a file that is another one now', async () => {
    const { file, exportTo, folder } = await trained()
    writeFileSync(file, `${vectorText}\nmore 1 2 3 4\n`)
    await expect(exportTo('all')).rejects.toThrow(/is not the file any more .*leave --vectors out/)
    expect(() => readFileSync(path.join(folder, 'all', 'model.json'))).toThrow('ENOENT')
  })
})

describe.each([true, false])('the folder of a model with a BERT that is frozen: %s', (isFrozen) => {
  it('holds all that it needs, and is imported into a workspace that never saw the BERT', async () => {
    const folder = temporaryFolder()
    const services = await openTestServices(path.join(folder, 'workspace'))
    const bert = path.join(folder, 'bert')
    cpSync(bertFolder, bert, { recursive: true })
    const corpusId = await importTiny(services, { train: 24, dev: 6, test: 6 })
    const runId = await train(services, corpusId, { encoder: { folder: bert, isFrozen } })
    const place = path.join(folder, 'model')
    await services.handlers.models.export({ runId, path: place, vectors: 'known', replace: false, taskId: 'x' })
    rmSync(bert, { recursive: true })
    const opened = await openModelFolder(place)
    expect(opened.encoder !== null).toBe(isFrozen)
    expect(opened.facts.unseenWords).toBe('pieces')
    const elsewhere = await openTestServices(path.join(folder, 'elsewhere'))
    await elsewhere.handlers.models.import({ path: place })
    const text = 'Mara Velt founded Orbisk in Tarnow.'
    const [here, there] = [services, elsewhere].map(({ handlers }) => handlers.extraction.text({ runId, text }))
    expect(await there).toEqual(await here)
  })
})
