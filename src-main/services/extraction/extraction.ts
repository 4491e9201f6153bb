/** Extraction: texts and files to triples, in groups of sentences; a bad document is listed and stops nothing. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import type { ExtractedDocument, ExtractionSummary } from '#main/document/extracted-document'
import { distinctNames } from '#main/text/distinct-names'
import { withoutMark } from '#main/text/utf8'
import { wordsOf } from '#main/text/words'
import { readableFormat } from '#main/corpora/recognition'
import { textToDoc } from '#main/corpora/formats/plain-text/read'
import type { Doc } from '#main/document/doc'
import { selectionOf, type Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import { sentencesOf } from './doc-sentences.ts'
import { toExtractedDocument } from './extracted-document.ts'
import { likeTraining, noteOnRules } from './like-training.ts'
import { groupInputs, inOrder, readInputs, type ExtractionInput } from './extraction-inputs.ts'
import { formatExtraction } from './extraction-export.ts'
import { createMissingPos } from '../runs/missing-pos.ts'
import type { Predictor } from '../runs/predictor.ts'

/** Sentences read by one job and stored together: enough for sixteen threads, and for their start to be a small part. */
const groupSize = 4096

export function createExtraction(context: ServiceContext, predictor: Predictor): Handlers['extraction'] {
  const { workspace } = context
  const missingPos = createMissingPos(context)
  const running = new Map<number, AbortController>()

  const findRun = (runId: string): Run => {
    const run = workspace.runs.find(runId)
    if (run.bestEpoch === null)
      throw new AppError('conflict', `${run.name} has no checkpoint yet: let it finish at least one epoch first.`)
    return run
  }

  const findExtraction = (extractionId: number): ExtractionSummary => {
    const found = workspace.extractions.list().find((extraction) => extraction.extractionId === extractionId)
    if (!found)
      throw new AppError('not-found', `There is no extraction ${extractionId}. Look at the list of extractions.`)
    return found
  }

  async function readDocs(
    run: Run,
    docs: readonly Doc[],
    options: Parameters<Predictor['read']>[2],
  ): Promise<ExtractedDocument[]> {
    const sentences = docs.flatMap(sentencesOf)
    const predictions = await predictor.read(run, sentences, { ...options, hasNotes: true })
    const noteOf = await missingPos.notesOf(run)
    const documents: ExtractedDocument[] = []
    let first = 0
    for (const doc of docs) {
      const [from, to] = [first, (first += doc.sentences.length)]
      const document = await toExtractedDocument(doc, run.runId, predictions.slice(from, to), isWordsOnly(run))
      const notes = [noteOnTasks(run), noteOnRules(run), noteOf(sentences.slice(from, to))].filter(
        (note) => note !== null,
      )
      documents.push(notes.length === 0 ? document : { ...document, notes })
      await yieldToEventLoop()
    }
    return documents
  }

  return {
    async text({ runId, text }, signal) {
      const run = findRun(runId)
      const doc = textToDoc(withoutMark(text), 'text', likeTraining(run))
      if (doc.tokens.length === 0) throw new AppError('invalid-input', 'The text holds no words.')
      const [document] = await readDocs(run, [doc], { signal })
      if (!document) throw new AppError('internal', 'The text could not be read.')
      return document
    },

    async start({ runId, files, taskId, ...choice }, signal) {
      const run = findRun(runId)
      if (choice.format !== undefined) readableFormat(choice.format)
      const extractionId = workspace.extractions.create({ runId, runName: run.name, createdMs: context.now() })
      const controller = new AbortController()
      if (signal?.aborted) controller.abort()
      signal?.addEventListener('abort', () => controller.abort(), { once: true })
      running.set(extractionId, controller)
      context.emit({ type: 'extractions-changed' })
      const title =
        files.length === 1
          ? `extract ${distinctNames(files.map(({ name }) => name))[0] ?? ''}`
          : `extract ${files.length} files`
      const beginning = { detail: '', fraction: 0, secondsLeft: null, runId }
      const task = context.tasks.begin({ taskId, kind: 'extraction', title, ...beginning }, () => controller.abort())
      const startedMs = context.now()
      let read = 0
      try {
        const inputs = await readInputs(files, { ...choice, settings: likeTraining(run, choice.settings) })
        const total = inputs.reduce((sum, { doc }) => sum + (doc?.sentences.length ?? 0), 0)
        // once for all groups: every look-up reads the whole file of word vectors
        const vectors = await predictor.lookUp(run, wordsOfInputs(inputs), controller.signal)
        const progress = (done: number): void => {
          const fraction = (read + done) / Math.max(1, total)
          const secondsLeft = ((context.now() - startedMs) / 1000) * (1 / Math.max(fraction, 1e-9) - 1)
          task.update({ detail: `${read + done} of ${total} sentences`, fraction, secondsLeft })
        }
        for (const group of groupInputs(inputs, groupSize)) {
          const docs = group.flatMap(({ doc }) => (doc ? [doc] : []))
          const documents = await readDocs(run, docs, { vectors, progress, signal: controller.signal })
          workspace.transaction(() => {
            for (const document of inOrder(group, documents, runId))
              workspace.extractions.addDocument(extractionId, document)
          })
          read += docs.reduce((sum, doc) => sum + doc.sentences.length, 0)
        }
        workspace.extractions.finish(extractionId, 'finished')
        task.finish('finished')
      } catch (error) {
        const isCancelled = controller.signal.aborted
        workspace.extractions.finish(extractionId, isCancelled ? 'cancelled' : 'failed')
        task.finish(isCancelled ? 'cancelled' : 'failed', error instanceof Error ? error.message : String(error))
        if (!isCancelled) throw error
      } finally {
        running.delete(extractionId)
        context.emit({ type: 'extractions-changed' })
      }
      return findExtraction(extractionId)
    },

    list: async () => workspace.extractions.list(),

    async results({ extractionId, offset, limit }) {
      const { documents: total } = findExtraction(extractionId)
      return { total, documents: workspace.extractions.documents(extractionId, offset, limit) }
    },

    async export({ extractionId, format }) {
      const { documents: total } = findExtraction(extractionId)
      const documents = workspace.extractions.documents(extractionId, 0, Math.max(1, total))
      return formatExtraction(documents, format, extractionId)
    },

    async cancel({ extractionId }) {
      const controller = running.get(extractionId)
      if (!controller) throw new AppError('conflict', 'The extraction is not running, so there is nothing to cancel.')
      controller.abort()
    },
  }
}

const isWordsOnly = ({ config }: Run): boolean => selectionOf(config.model.tasks) === 'partial'

/** Says what a model of one task leaves out. */
function noteOnTasks(run: Run): string | null {
  const { name, config } = run
  if (isWordsOnly(run))
    return `${name} finds relations and no entities: each end of a triple is one word, the ${config.model.anchor} of its name, without a type.`
  return config.model.tasks.includes('relation')
    ? null
    : `${name} finds entities and no relations: it gives no triples.`
}

/** Gives the words of one doc after the other, so that all of them are never held at once. */
function* wordsOfInputs(inputs: readonly ExtractionInput[]): Generator<readonly string[]> {
  for (const { doc } of inputs) if (doc) yield wordsOf(doc.text, doc.tokens)
}
