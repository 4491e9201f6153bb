/** Extraction: a text at once, files and corpora as a job; a bad document is listed and stops nothing. */
import path from 'node:path'
import { AppError } from '#main/core/errors'
import type { ExtractionRequest } from '#main/api/extraction'
import type { Handlers } from '#main/api/handlers'
import type { ExtractionSummary } from '#main/document/extracted-document'
import { distinctNames } from '#main/text/distinct-names'
import { withoutMark } from '#main/text/utf8'
import { readableFormat } from '#main/corpora/recognition'
import { textToDoc } from '#main/corpora/formats/plain-text/read'
import type { ServiceContext } from '../context.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Predictor } from '../runs/predictor.ts'
import type { ExtractSpec } from './extract-job.ts'
import { likeTraining } from './like-training.ts'
import { createReadDocs } from './read-docs.ts'
import { refuseTaken } from './results-file.ts'
import { readingBy } from './rule-reading.ts'
import type { ExtractionRulesMaker } from './rules.ts'
import { trainedRun } from '../runs/trained-run.ts'

export function createExtraction(
  context: ServiceContext,
  predictor: Predictor,
  rules: ExtractionRulesMaker,
  jobs: Jobs,
): Handlers['extraction'] {
  const { workspace } = context
  const readDocs = createReadDocs(context)

  const find = (extractionId: number): ExtractionSummary => {
    const found = workspace.extractions.find(extractionId)
    if (!found)
      throw new AppError('not-found', `There is no extraction ${extractionId}. Look at the list of extractions.`)
    return found
  }

  function titleOf({ files, corpus }: ExtractionRequest): string {
    if (corpus) {
      const { name } = workspace.corpora.find(corpus.corpusId)
      return corpus.split === null ? name : `${name} / ${corpus.split}`
    }
    const names = files.map((file) => ('path' in file ? (file.name ?? file.path) : file.name))
    return names.length === 1 ? (distinctNames(names)[0] ?? '') : `${names.length} files`
  }

  return {
    async text({ runId, text }, signal) {
      const run = trainedRun(workspace, runId)
      const doc = textToDoc(withoutMark(text), 'text', likeTraining(run))
      if (doc.tokens.length === 0) throw new AppError('invalid-input', 'The text holds no words.')
      const session = await predictor.open(run)
      try {
        const [document] = await readDocs(run, session, [doc], { signal, reading: readingBy(rules.known(run)) })
        if (!document) throw new AppError('internal', 'The text could not be read.')
        return document
      } finally {
        session.close()
      }
    },

    async start(request) {
      const run = trainedRun(workspace, request.runId)
      if (request.format !== undefined) readableFormat(request.format)
      const { output } = request
      if (output && !path.isAbsolute(output.path))
        throw new AppError('invalid-input', `${output.path} is no absolute path. Name the whole path of the output.`)
      if (output) await refuseTaken(output.path, output.replace)
      const title = titleOf(request)
      const { precision = null } = request
      const extractionId = workspace.transaction(() => {
        const made = { runId: run.runId, runName: run.name, title, output: output?.path ?? null, precision }
        const id = workspace.extractions.create({ ...made, createdMs: context.now() })
        const spec: ExtractSpec = { ...request, extractionId: id }
        const { jobId } = jobs.begin('extract', `extract ${title}`, spec)
        workspace.extractions.assignJob(id, jobId)
        return id
      })
      context.emit({ type: 'extractions-changed' })
      return find(extractionId)
    },

    rules: async ({ extractionId }) => {
      find(extractionId)
      return workspace.extractions.rules(extractionId)
    },

    list: async () => workspace.extractions.list(),
    get: async ({ extractionId }) => find(extractionId),

    async results({ extractionId, offset, limit }, signal) {
      const { documents: total } = find(extractionId)
      const request = { extractionId, offset, limit }
      return { total, documents: await context.reads.ask('extractedDocuments', request, { signal }) }
    },

    async notes({ extractionId }, signal) {
      find(extractionId)
      return context.reads.ask('extractionNotes', { extractionId }, { signal })
    },

    async failures({ extractionId, after, limit }) {
      const { failures: total } = find(extractionId)
      return { total, ...workspace.extractions.failures(extractionId, after, limit) }
    },
  }
}
