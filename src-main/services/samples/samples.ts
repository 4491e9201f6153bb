/** Check samples: drawn from the stored documents of an extraction, judged and reported. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { Handlers } from '#main/api/handlers'
import { AppError } from '#main/core/errors'
import type { ExtractionSummary } from '#main/document/extracted-document'
import { describeReport, reportOn } from '#main/evaluation/check-report'
import { createDraw, type CheckSample, type SampledTriple } from '#main/evaluation/check-sample'
import { isUnderWay } from '#main/jobs/job'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'

/** Documents that are read at a time. */
const pageSize = 200

export function createSamples({ workspace, now, emit }: ServiceContext): Handlers['samples'] {
  const { extractions, samples } = workspace

  const find = (sampleId: number): CheckSample => {
    const found = samples.find(sampleId)
    if (!found)
      throw new AppError('not-found', `There is no sample ${sampleId}. Look at the samples of its extraction.`)
    return found
  }

  function extractionOf(extractionId: number): ExtractionSummary {
    const found = extractions.find(extractionId)
    if (!found)
      throw new AppError('not-found', `There is no extraction ${extractionId}. Look at the list of extractions.`)
    return found
  }

  return {
    async draw({ extractionId, size, seed, byRelation }) {
      const extraction = extractionOf(extractionId)
      if (isUnderWay({ state: extraction.status }))
        throw new AppError(
          'conflict',
          'The extraction still goes on: a sample would be of its beginning alone. Wait for its end, or pause it.',
        )
      if (extraction.triples === 0)
        throw new AppError('invalid-input', 'The extraction has no triples: there is nothing to draw from.')
      const draw = createDraw<SampledTriple>(size, seed, byRelation)
      for (let offset = 0; offset < extraction.documents; offset += pageSize) {
        for (const [at, document] of extractions.documents(extractionId, offset, pageSize).entries())
          for (const { text, start, triples } of document.sentences)
            for (const { subject, relation, object, probability, calibratedProbability } of triples)
              draw.add({
                ...{ document: document.document, documentPosition: offset + at, sentence: text, sentenceStart: start },
                ...{ subject, relation, object, probability },
                ...(calibratedProbability !== undefined && { calibratedProbability }),
              })
        await yieldToEventLoop()
      }
      const { population } = draw
      const relations = Object.keys(population).length
      if (byRelation && size < relations)
        throw new AppError(
          'invalid-input',
          `The extraction has ${countOf(relations, 'relation type')}, and a sample of each needs as many triples: draw ${relations} or more, or do not draw by relation type.`,
        )
      const sampleId = samples.add({ extractionId, seed, byRelation, population, createdMs: now() }, draw.sample())
      emit({ type: 'extractions-changed' })
      return find(sampleId)
    },

    async list({ extractionId }) {
      extractionOf(extractionId)
      return samples.list(extractionId)
    },

    async items({ sampleId, offset, limit }) {
      return { sample: find(sampleId), items: samples.items(sampleId, offset, limit) }
    },

    async judge({ sampleId, position, verdict }) {
      const { size } = find(sampleId)
      const { annotator } = workspace.settings.get()
      if (!samples.judge(sampleId, position, verdict, annotator, now()))
        throw new AppError('not-found', `The sample has no triple ${position + 1}: it has ${size}.`)
      return find(sampleId)
    },

    async report({ sampleId }) {
      const sample = find(sampleId)
      const report = reportOn(sample, samples.judged(sampleId))
      const { precision } = extractionOf(sample.extractionId)
      return { ...report, sample, summary: describeReport(report, precision) }
    },

    async remove({ sampleId }) {
      find(sampleId)
      samples.remove(sampleId)
      emit({ type: 'extractions-changed' })
    },
  }
}
