/** The main file of the thread that tags sentences: loading the tagger takes half a second, in which the window has to answer. */
import { parentPort } from 'node:worker_threads'
import { loadEnglishTagger } from './english-tagger.ts'
import type { TagAnswer, TagRequest } from './tagger.ts'

const tagger = loadEnglishTagger()
parentPort?.on('message', ({ number, sentences }: TagRequest) => {
  const tagAll = async (): Promise<TagAnswer> => {
    const tag = await tagger
    return { number, tags: sentences.map(tag) }
  }
  tagAll()
    .catch((error: unknown): TagAnswer => ({ number, failure: error instanceof Error ? error.message : String(error) }))
    .then((answer) => parentPort?.postMessage(answer))
    .catch(() => undefined)
})
