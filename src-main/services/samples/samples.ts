/** Check samples: drawn from the stored documents of an extraction, judged and reported. */
import type { Handlers } from '#main/api/handlers'
import { AppError } from '#main/core/errors'
import type { ExtractionSummary } from '#main/document/extracted-document'
import { describeReport, reportOn } from '#main/evaluation/check-report'
import type { CheckSample } from '#main/evaluation/check-sample'
import type { JobEngine } from '#main/jobs/engine'
import { isUnderWay } from '#main/jobs/job'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import type { SampleKind } from './sample-kind.ts'

export function createSamples(
  { workspace, now, emit }: ServiceContext,
  kind: SampleKind,
  engine: JobEngine,
): Handlers['samples'] {
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
      const title = `draw ${countOf(size, 'triple')} of ${extraction.title}`
      return find(await kind.ask(engine, { title, spec: { extractionId, size, seed, byRelation } }))
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
