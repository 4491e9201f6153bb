/** Tagger: parts of speech for sentences that state none, found in a thread that all services of a process share. */
import { Worker } from 'node:worker_threads'
import { entryFile } from '#main/files/entry-file'
import { AppError } from '#main/core/errors'
import type { SentenceWords } from '#main/document/labelled-sentence'
import { posSourceOf, type ModelConfig } from '#main/runs/config'
import { whyNoTagger } from './find-tagger.ts'

export interface TagRequest {
  readonly number: number
  readonly sentences: readonly (readonly string[])[]
}

export type TagAnswer = { readonly number: number } & (
  | { readonly tags: readonly (readonly (string | null)[])[] }
  | { readonly failure: string }
)

/** Number of sentences in a message: large enough that messages cost nothing, small enough that a cancelled job ends soon. */
const atOnce = 512

/**
 * The sentences as a model reads them: with parts of speech of the tagger in the place of their own, where the model was
 * trained with those; otherwise as they are. @throws AppError invalid-input where the tagger is not installed.
 */
export async function taggedFor<Sentence extends SentenceWords>(
  model: Pick<ModelConfig, 'encoder'>,
  sentences: readonly Sentence[],
  signal?: AbortSignal,
): Promise<readonly Sentence[]> {
  if (posSourceOf(model) !== 'wink' || sentences.length === 0) return sentences
  const lack = whyNoTagger()
  if (lack !== null)
    throw new AppError('invalid-input', `${lack} The model was trained with them and predicts nothing without.`)
  const tagged: Sentence[] = []
  for (let from = 0; from < sentences.length; from += atOnce) {
    if (signal?.aborted) throw new AppError('cancelled', 'Finding parts of speech was cancelled.')
    const part = sentences.slice(from, from + atOnce)
    const tags = await ask(part.map(({ words }) => words))
    part.forEach((sentence, at) => tagged.push({ ...sentence, pos: tags[at] ?? [] }))
  }
  return tagged
}

const entry = entryFile(import.meta.url, './tagger-thread.ts')

type Tags = Extract<TagAnswer, { tags: unknown }>['tags']

interface Waiting {
  readonly resolve: (tags: Tags) => void
  readonly reject: (error: Error) => void
}

const waiting = new Map<number, Waiting>()
let thread: Worker | null = null
let asked = 0

function ask(sentences: TagRequest['sentences']): Promise<Tags> {
  return new Promise((resolve, reject) => {
    thread ??= startThread()
    thread.ref()
    const number = asked++
    waiting.set(number, { resolve, reject })
    thread.postMessage({ number, sentences } satisfies TagRequest)
  })
}

function startThread(): Worker {
  const started = new Worker(entry)
  started.on('message', (answer: TagAnswer) => {
    const asker = waiting.get(answer.number)
    waiting.delete(answer.number)
    // a thread that has nothing to do keeps no program from ending
    if (waiting.size === 0) started.unref()
    if ('tags' in answer) asker?.resolve(answer.tags)
    else asker?.reject(new AppError('internal', `Parts of speech could not be found: ${answer.failure}`))
  })
  started.on('error', (error) => {
    thread = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  })
  return started
}
