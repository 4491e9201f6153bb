/** A trained model for ONNX Runtime: the graph and what lies beside it come to the probabilities of the model's own folder. */
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { storedCellFloor, storedCellsPerWord } from '#main/document/prediction'
import { memoryFromText } from '#main/models/memory/memory-file'
import { rememberedPass } from '#main/models/memory/remembered-pass'
import { decodeTags } from '#main/tagging/span-codec'
import { openModelFolder } from '#main/model-folder/model-folder'
import { vocabularyFromText } from '#main/pretrained/vocabulary'
import { exportOnnx } from '#main/services/models/export-onnx'
import { modelOf } from '#main/services/runs/stored-model'
import { onnxInputs, openOnnx } from '../../support/onnx.ts'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'
import { forAnEpoch, trainTiny } from '../../support/trained.ts'

/** Folders of a run that was trained for a moment: its model, and the same for ONNX Runtime. */
async function exported() {
  const home = temporaryFolder()
  const services = await openTestServices(path.join(home, 'workspace'))
  const corpusId = await importTiny(services, { train: 24, dev: 6, test: 6 })
  const withMemory = { ...forAnEpoch, model: { ...forAnEpoch.model, memory: true } }
  const runId = await trainTiny(services, corpusId, withMemory)
  const model = path.join(home, 'model')
  await services.handlers.models.export({ runId, path: model, taskId: 'export', vectors: 'known', replace: false })
  await services.close()
  const folder = await openModelFolder(model)
  return { home, folder, written: await exportOnnx(folder, path.join(home, 'onnx')) }
}

it('predicts the sentences of the folder as the folder does, from the files beside the graph', async () => {
  const { folder, written } = await exported()
  expect(readdirSync(written.path).sort()).toEqual(
    ['README.md', 'extract.py', 'memory.json', 'model.onnx', 'onnx.json', 'vocabulary.txt'].sort(),
  )
  expect(written.notes).toEqual([
    expect.stringContaining('share one vector: the run began from no file of word vectors'),
  ])
  const read = (name: string) => readFileSync(path.join(written.path, name))
  const config = modelOf(folder.checkpoint)
  const facts = JSON.parse(read('onnx.json').toString()) as typeof config & Record<string, unknown>
  expect(facts).toMatchObject({
    format: 'espalier-onnx',
    encoder: 'words',
    relations: config.relations,
    threshold: 0.5,
  })
  const vocabulary = vocabularyFromText(read('vocabulary.txt').toString())
  const memory = memoryFromText(read('memory.json').toString())
  const onnx = await openOnnx([read('model.onnx')])
  let compared = 0
  for (const sentence of folder.facts.selfCheck) {
    const { tags, relations } = await onnx.run(onnxInputs([sentence], vocabulary, config))
    const [words, width] = [sentence.words.length, config.tags.length]
    const best = Array.from({ length: words }, (_, word) => {
      const row = [...(tags?.data.subarray(word * width, (word + 1) * width) ?? [])]
      return facts.tags[row.indexOf(Math.max(...row))]
    })
    const likely = [...(relations?.data ?? [])].flatMap((probability, at) => {
      const [pair, type] = [Math.floor(at / config.relations.length), config.relations[at % config.relations.length]]
      const place = { subject: Math.floor(pair / words), type: type ?? '', object: pair % words }
      return probability >= storedCellFloor ? [{ ...place, probability }] : []
    })
    // a model that has learnt little finds more likely than are kept
    likely.sort((a, b) => b.probability - a.probability).splice(storedCellsPerWord * words)
    const tagged = best.map((tag) => tag ?? '')
    const own = { tags: tagged, spans: decodeTags(tagged).map((span) => ({ ...span, probability: 1 })), cells: likely }
    const found = rememberedPass(own, sentence.words, memory, config)
    expect(found.tags).toEqual(sentence.tags)
    for (const { subject, type, object, probability } of sentence.cells) {
      const cell = found.cells.find((each) => each.subject === subject && each.object === object && each.type === type)
      expect(cell?.probability).toBeCloseTo(probability, 4)
      compared++
    }
  }
  expect(compared).toBeGreaterThan(0)
})

it('refuses a place that is taken, and writes nothing there', async () => {
  const { folder, written } = await exported()
  const before = readdirSync(written.path)
  await expect(exportOnnx(folder, written.path)).rejects.toThrow('is there already. Choose a new name')
  expect(readdirSync(written.path)).toEqual(before)
})

const hasRuntime = spawnSync('python3', ['-c', 'import numpy, onnxruntime']).status === 0

it.skipIf(!hasRuntime)('is read in Python by the program that comes with it, without Espalier', async () => {
  const { written } = await exported()
  const run = (words: readonly string[], input: string) =>
    spawnSync('python3', [path.join(written.path, 'extract.py'), ...words], { input, encoding: 'utf8' })
  expect(run(['--check'], '')).toMatchObject({ status: 0, stdout: expect.stringContaining('largest difference') })
  const lines = '{"id": 7, "words": ["Ada", "Hall", "sings"]}\nMara left. Jon stays.\n{"words": 5}\n'
  const { status, stdout } = run([], lines)
  const records = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { sentences?: unknown[] })
  expect(status).toBe(1)
  expect(records).toMatchObject([{ id: 7, sentences: [{}] }, { sentences: [{}, {}] }, { line: 3 }])
})
