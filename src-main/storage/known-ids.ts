/** KnownIds: whether what a call names is in sight in the workspace, by its id alone. */
import { AppError } from '#main/core/errors'
import type { Database } from './database.ts'

/** Each throws AppError 'not-found', in a sentence that says where to look, when nothing of this id is in sight. */
export interface KnownIds {
  corpus(corpusId: number): void
  sentence(sentenceId: number): void
  run(runId: string): void
  extraction(extractionId: number): void
  sample(sampleId: number): void
  job(jobId: number): void
  bin(binId: number): void
}

interface Kind {
  readonly what: string
  readonly where: string
  /** Yields a row for an id that is in sight. */
  readonly seen: string
  /** Yields name and entry of what is in the bin. */
  readonly binned?: string
}

const isSeen = 'corpus.bin_id IS NULL AND is_staging = 0'

const kinds: Readonly<Record<keyof KnownIds, Kind>> = {
  corpus: {
    ...{ what: 'corpus', where: 'Look at the list of corpora.' },
    seen: `SELECT 1 FROM corpus WHERE corpus_id = ? AND ${isSeen}`,
    binned: `SELECT 'The corpus "' || name || '"' AS name, bin_id FROM corpus WHERE corpus_id = ? AND bin_id IS NOT NULL`,
  },
  sentence: {
    ...{ what: 'sentence', where: 'Open one from the list of its corpus.' },
    seen: `SELECT 1 FROM sentence JOIN corpus USING (corpus_id) WHERE sentence_id = ? AND ${isSeen}`,
    binned: `SELECT 'Sentence ' || sentence_id || ' is of the corpus "' || name || '", which' AS name, bin_id
             FROM sentence JOIN corpus USING (corpus_id) WHERE sentence_id = ? AND bin_id IS NOT NULL`,
  },
  run: {
    ...{ what: 'run', where: 'Look at the list of runs.' },
    seen: 'SELECT 1 FROM run WHERE run_id = ? AND bin_id IS NULL',
    binned: `SELECT 'The run "' || name || '"' AS name, bin_id FROM run WHERE run_id = ? AND bin_id IS NOT NULL`,
  },
  extraction: {
    ...{ what: 'extraction', where: 'Look at the list of extractions.' },
    seen: 'SELECT 1 FROM extraction WHERE extraction_id = ?',
  },
  sample: {
    ...{ what: 'sample', where: 'Look at the samples of its extraction.' },
    seen: 'SELECT 1 FROM check_sample WHERE sample_id = ?',
  },
  job: {
    ...{ what: 'job', where: 'Look at the list of jobs.' },
    seen: 'SELECT 1 FROM job WHERE job_id = ?',
  },
  bin: {
    ...{ what: 'entry', where: 'Look at what is in the bin.' },
    seen: 'SELECT 1 FROM bin_entry WHERE bin_id = ?',
  },
}

export function createKnownIds(database: Database): KnownIds {
  const check = (kind: keyof KnownIds) => (id: number | string) => {
    if (!database.get(kinds[kind].seen, id)) throw missing(database, kind, id)
  }
  return {
    corpus: check('corpus'),
    sentence: check('sentence'),
    run: check('run'),
    extraction: check('extraction'),
    sample: check('sample'),
    job: check('job'),
    bin: check('bin'),
  }
}

/** Why nothing of this id is in sight: it is in the bin, or there is none. */
export function missing(database: Database, kind: keyof KnownIds, id: number | string): AppError {
  const { what, where, binned } = kinds[kind]
  const found = binned === undefined ? undefined : database.get<{ name: string; bin_id: number }>(binned, id)
  return new AppError(
    'not-found',
    found
      ? `${found.name} is in the bin. Restore it first: in Settings under Bin, or with "espalier restore ${found.bin_id}".`
      : `There is no ${what} ${id}. ${where}`,
  )
}
