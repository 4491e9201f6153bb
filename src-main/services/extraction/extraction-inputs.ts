/** Inputs of an extraction: the documents of its files in their order, each with its Doc or the reason why there is none. */
import { setImmediate as yieldToEventLoop, setTimeout as wait } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { Source } from '#main/core/source'
import { openCorpus, type ReadChoice } from '#main/corpora/read-corpus'
import type { AnnotatedDoc } from '#main/document/annotated-doc'

export interface ExtractionInput {
  readonly doc: AnnotatedDoc | null
  readonly name: string
  readonly failure: string | null
}

/** A file, or a corpus, that is read from its beginning. */
export interface InputFile {
  readonly name: string
  /** Bytes of a file, documents of a corpus; null where that is not known before the end. */
  readonly size: number | null
  /** @param onRead called with the part of the size that was read. */
  inputs(signal: AbortSignal | undefined, onRead: (part: number) => void): AsyncIterable<ExtractionInput>
}

/** Place of an input: the file, and its number among the inputs of that file, both from 0. */
export interface InputPlace {
  readonly file: number
  readonly input: number
}

export interface PlacedInput extends ExtractionInput {
  /** The place behind it. */
  readonly next: InputPlace
  /** The part that was read of all files together when it came. */
  readonly read: number
}

/** Milliseconds of reading before other work gets its turn. */
const sliceMs = 8

/** The inputs of all files from a place on; what stands before it is read again and left out. */
export async function* readInputs(
  files: readonly InputFile[],
  from: InputPlace,
  signal?: AbortSignal,
): AsyncGenerator<PlacedInput> {
  let read = files.slice(0, from.file).reduce((sum, { size }) => sum + (size ?? 0), 0)
  let sliceEnd = performance.now() + sliceMs
  for (const [file, { inputs }] of files.entries()) {
    if (file < from.file) continue
    let input = 0
    for await (const found of inputs(signal, (part) => (read += part))) {
      if (input++ >= (file === from.file ? from.input : 0)) yield { ...found, next: { file, input }, read }
      if (performance.now() < sliceEnd) continue
      await yieldToEventLoop()
      signal?.throwIfAborted()
      sliceEnd = performance.now() + sliceMs
    }
  }
}

/**
 * A file whose name tells it from the others. When it cannot be read, or not to its end, that is an input that says why: it stops no
 * other. One of another layout is refused as an import refuses it: read as prose, its labels would reach the model.
 */
export function inputFile(source: Source, name: string, choice: ReadChoice): InputFile {
  return {
    ...{ name, size: source.size },
    async *inputs(signal, onBytes) {
      const rejected: ExtractionInput[] = []
      try {
        const reading = await openCorpus({ ...source, name }, choice, {
          ...{ signal, onBytes },
          onRejected: (line, message) =>
            void rejected.push({ doc: null, name: `${name}#${line}`, failure: `line ${line}: ${message}` }),
        })
        for await (const { doc } of reading.docs) {
          yield* rejected.splice(0)
          yield { doc, name: doc.id, failure: null }
        }
      } catch (error) {
        if (signal?.aborted || !(error instanceof AppError)) throw error
        rejected.push({ doc: null, name, failure: error.message })
      }
      yield* rejected
    },
  }
}

/** A group of inputs that are predicted and stored together. */
export interface InputGroup {
  readonly inputs: readonly PlacedInput[]
  readonly sentences: number
}

/** Words that count as a sentence in the size of a group: a text without full stops is one sentence, and takes the memory of many. */
const wordsOfSentence = 32

/**
 * The inputs in groups of at least so many sentences, or as many inputs; the last one may be smaller. A long sentence counts as several.
 * @param sizeOf size of the group with this number, from 0.
 * @param patienceMs milliseconds that a group waits for further inputs, where they come from somebody who writes; null to wait for
 * all, so that the groups depend on the inputs alone.
 */
export async function* groupInputs(
  inputs: AsyncIterable<PlacedInput>,
  sizeOf: (group: number) => number,
  firstGroup = 0,
  patienceMs: number | null = null,
): AsyncGenerator<InputGroup> {
  let number = firstGroup
  let group: PlacedInput[] = []
  let [sentences, weight] = [0, 0]
  for await (const input of patienceMs === null ? inputs : untilPause(inputs, patienceMs)) {
    if (input) {
      group.push(input)
      sentences += input.doc?.sentences.length ?? 0
      weight += weightOf(input)
      if (weight < sizeOf(number) && group.length < sizeOf(number)) continue
    }
    if (group.length === 0) continue
    yield { inputs: group, sentences }
    number++
    group = []
    sentences = weight = 0
  }
  if (group.length > 0) yield { inputs: group, sentences }
}

const weightOf = ({ doc }: ExtractionInput): number =>
  doc ? Math.max(doc.sentences.length, doc.tokens.length / wordsOfSentence) : 0

/** The inputs as they come, and null whenever the next takes longer. */
async function* untilPause<Input>(inputs: AsyncIterable<Input>, patienceMs: number): AsyncGenerator<Input | null> {
  const iterator = inputs[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = iterator.next()
      next.catch(() => undefined) // it is awaited below
      const waiting = new AbortController()
      const pause = wait(patienceMs, 'pause' as const, { signal: waiting.signal }).catch(() => 'pause' as const)
      if ((await Promise.race([next, pause])) === 'pause') yield null
      waiting.abort()
      const { done, value } = await next
      if (done) return
      yield value
    }
  } finally {
    await iterator.return?.()
  }
}
