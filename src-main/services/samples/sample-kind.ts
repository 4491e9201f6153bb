/** Drawing a check sample as a job: it goes through the stored documents of an extraction, one at a time, since one may be a book. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { excerptsOf } from '#main/document/sentence-excerpt'
import { createDraw, type SampledTriple } from '#main/evaluation/check-sample'
import type { JobWork } from '#main/jobs/job-kind'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { createAskedKind, type AskedKind } from '../jobs/asked-job.ts'

interface SampleSpec {
  readonly extractionId: number
  /** Number of triples to draw. */
  readonly size: number
  readonly seed: number
  readonly byRelation: boolean
}

/** Its result is the id of the sample. */
export type SampleKind = AskedKind<SampleSpec, number>

export function createSampleKind({ workspace, now, emit }: ServiceContext): SampleKind {
  const { extractions, samples } = workspace

  async function draw(spec: SampleSpec, { signal, total, progress, save }: JobWork): Promise<number> {
    const { extractionId, size, seed, byRelation } = spec
    const { documents } = extractions.find(extractionId) ?? { documents: 0 }
    total(documents)
    const drawn = createDraw<SampledTriple>(size, seed, byRelation)
    for (let position = 0; position < documents; position++) {
      const [document] = extractions.documents(extractionId, position, 1)
      if (document) for (const triple of triplesOf(document, position)) drawn.add(triple)
      await yieldToEventLoop()
      signal.throwIfAborted()
      progress(position + 1, countOf(position + 1, 'document'))
    }
    const { population } = drawn
    const relations = Object.keys(population).length
    if (byRelation && size < relations)
      throw new AppError(
        'invalid-input',
        `The extraction has ${countOf(relations, 'relation type')}, and a sample of each needs as many triples: draw ${relations} or more, or do not draw by relation type.`,
      )
    let sampleId = 0
    save(null, documents, () => {
      sampleId = samples.add({ extractionId, seed, byRelation, population, createdMs: now() }, drawn.sample())
    })
    emit({ type: 'extractions-changed' })
    return sampleId
  }

  return createAskedKind<SampleSpec, number>(workspace.jobs, {
    ...{ name: 'sample', resource: 'none', isListedAfter: false },
    whenCancelled: 'The draw was cancelled. There is no sample.',
    run: (spec, _, work) => draw(spec, work),
  })
}

function* triplesOf({ document, sentences }: ExtractedDocument, documentPosition: number): Generator<SampledTriple> {
  for (const { text, start, triples } of sentences) {
    const excerptOf = excerptsOf({ text, start })
    for (const { subject, relation, object, probability, calibratedProbability } of triples) {
      const shown = excerptOf(subject, object)
      yield {
        ...{ document, documentPosition, sentence: shown.text, sentenceStart: shown.start },
        ...{ subject, relation, object, probability },
        ...(calibratedProbability !== undefined && { calibratedProbability }),
      }
    }
  }
}
