/** Finds an extraction as a person names it: by the number of its job, or by its title for the latest of that title. */
import { AppError } from '#main/core/errors'
import type { ExtractionSummary } from '#main/document/extracted-document'

/** @param all latest first. @throws AppError 'not-found' when there is none. */
export function findExtraction(all: readonly ExtractionSummary[], job: string): ExtractionSummary {
  const found = all.find(({ jobId }) => String(jobId) === job) ?? all.find(({ title }) => title === job)
  if (found) return found
  throw new AppError(
    'not-found',
    `There is no extraction of a job ${job}. The command "results" lists the ones there are.`,
  )
}
