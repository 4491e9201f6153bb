/** The rate of a model alone: sentences that are split already, predicted in a process as extraction does, and nothing written. */
import { readFileSync } from 'node:fs'
import { createProcessHost } from '#main/compute/host'
import { openModelFolder } from '#main/model-folder/model-folder'
import { sentencesOf } from '#main/services/extraction/doc-sentences'
import { likeTraining } from '#main/services/extraction/like-training'
import { kindOf, toLineDocument } from '#main/services/filter/line-documents'
import { openStandalone } from '#main/services/models/standalone'

export interface ModelPart {
  readonly model: string
  readonly texts: string
  readonly threads: number
}

export interface ModelRate {
  readonly sentences: number
  readonly seconds: number
}

/** As many as the filter predicts together. */
const groupSize = 4096

const { model, texts, threads } = JSON.parse(process.argv[2] ?? '') as ModelPart // written by extraction.ts
const folder = await openModelFolder(model)
const settings = likeTraining(folder.facts.run)
const lines = readFileSync(texts, 'utf8').split('\n').filter(Boolean)
const kind = kindOf({ number: 1, text: lines[0] ?? '', failure: null })
const sentences = lines.flatMap((text, at) => {
  const { doc } = toLineDocument({ number: at + 1, text, failure: null }, kind, texts, settings)
  return doc ? sentencesOf(doc) : []
})
const compute = createProcessHost()
const session = openStandalone(folder, { compute, backend: 'wasm', threads, tell: () => undefined })
await session.predict(sentences.slice(0, groupSize)) // threads start, and code is compiled
const begin = performance.now()
let [before, last]: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()]
for (let from = 0; from < sentences.length; from += groupSize) {
  await before
  before = last ?? before
  last = session.predict(sentences.slice(from, from + groupSize))
}
await Promise.all([before, last])
const rate: ModelRate = { sentences: sentences.length, seconds: (performance.now() - begin) / 1000 }
process.stdout.write(`${JSON.stringify(rate)}\n`)
session.close()
await compute.close()
