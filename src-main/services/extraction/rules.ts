/** The rules of an extraction: fixed when it begins, from what is known of its run then. */
import { AppError } from '#main/core/errors'
import { usualText } from '#main/evaluation/drift'
import { whyUncalibrated } from '#main/evaluation/describe-calibration'
import { describeMissed, describePrecision } from '#main/evaluation/describe-precision'
import type { ExtractionRules } from '#main/evaluation/extraction-rules'
import { precisionThresholds, type PrecisionThresholds } from '#main/evaluation/precision-thresholds'
import { goldCount, unpackGuesses, type StoredCalibration } from '#main/evaluation/run-calibration'
import type { KnownPairs, PairRule } from '#main/labels/plausibility'
import { thresholdsOf, type Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import type { Calibrations } from '../runs/calibrations.ts'

/** RuleChoice: the rules that a person chose. */
export interface RuleChoice {
  /** Wanted precision, 0 to 1; null for the thresholds of the run. */
  readonly precision: number | null
  readonly pairRule: PairRule
}

export interface ExtractionRulesMaker {
  /**
   * Calibrates the run where it is not calibrated yet.
   * @throws AppError 'conflict' where no threshold gives the precision, or where it cannot be known.
   */
  prepare(run: Run, choice: RuleChoice, signal?: AbortSignal): Promise<ExtractionRules>
  /** The same for a text at once, with what is known already. */
  known(run: Run): ExtractionRules
}

export const asTrained: RuleChoice = { precision: null, pairRule: 'any' }

export function createExtractionRules(
  { workspace }: Pick<ServiceContext, 'workspace'>,
  calibrations: Calibrations,
): ExtractionRulesMaker {
  function pairsOf({ corpusId }: Run, found: StoredCalibration | null): KnownPairs | null {
    const isThere = workspace.corpora.list().some((corpus) => corpus.corpusId === corpusId)
    if (!isThere) return found && { signatures: [], seen: found.seen }
    return {
      signatures: workspace.labels.get(corpusId).signatures,
      seen: found?.seen ?? workspace.calibrations.seenSignatures(corpusId),
    }
  }

  return {
    async prepare(run, choice, signal) {
      const { found, remark } = await calibrated(calibrations, run, signal)
      return rulesOf(run, choice, found, pairsOf(run, found), remark === null ? [] : [remark])
    },
    known(run) {
      const found = calibrations.find(run)
      return rulesOf(run, asTrained, found, found && pairsOf(run, found), [])
    },
  }
}

/** The calibration of a run, computed where there is none, or a sentence that says why there is none. */
export async function calibrated(
  calibrations: Pick<Calibrations, 'ensure' | 'find'>,
  run: Run,
  signal?: AbortSignal,
): Promise<{ readonly found: StoredCalibration | null; readonly remark: string | null }> {
  if (!run.config.model.tasks.includes('relation')) return { found: null, remark: null }
  try {
    return { found: await calibrations.ensure(run, signal), remark: null }
  } catch (error) {
    if (signal?.aborted || !(error instanceof AppError)) throw error
    const found = calibrations.find(run)
    const remark = `Its triples have no calibrated probability: ${error.message}`
    return { found, remark: found ? null : remark }
  }
}

type ReadBy = Pick<Run, 'name' | 'config' | 'thresholds'>

/** @param found what is known of the probabilities of the model. @throws AppError as `prepare` does. */
export function rulesOf(
  run: ReadBy,
  choice: RuleChoice,
  found: StoredCalibration | null,
  pairs: KnownPairs | null,
  remarks: readonly string[],
): ExtractionRules {
  const thresholds = thresholdsOf(run)
  const unused = found && whyUncalibrated(found)
  const precision = choice.precision === null ? null : thresholdsFor(run, choice.precision, found, remarks)
  return {
    ...{ thresholds, precision, pairs, pairRule: choice.pairRule },
    calibration: unused === null ? (found?.calibration ?? null) : null,
    usual: found && usualText(found, thresholds, precision),
    remarks: [
      ...remarks,
      ...(unused === null ? [] : [unused]),
      ...(precision ? describePrecision(precision) : []),
      ...remarksOnPairs(choice, pairs),
    ],
  }
}

/** @throws AppError 'conflict' where the run is not calibrated, or reaches the precision at no threshold. */
function thresholdsFor(
  { name }: ReadBy,
  wanted: number,
  found: StoredCalibration | null,
  remarks: readonly string[],
): PrecisionThresholds {
  if (!found)
    throw new AppError(
      'conflict',
      `No thresholds for a precision can be chosen for ${name}. ${remarks.join(' ')} Extract with its own thresholds.`,
    )
  const thresholds = precisionThresholds(unpackGuesses(found.guesses), wanted, goldCount(found))
  const all = [thresholds.pooled, ...Object.values(thresholds.byRelation)]
  if (all.every(({ threshold }) => threshold === null)) {
    throw new AppError(
      'conflict',
      `${name} does not reach a precision of ${(100 * wanted).toFixed(1)} % on dev at any threshold. ${describeMissed(thresholds).join(' ')} Ask for less, annotate more of dev, or train a better run.`,
    )
  }
  return thresholds
}

function remarksOnPairs({ pairRule }: RuleChoice, pairs: KnownPairs | null): string[] {
  if (pairRule === 'any') return []
  if (!pairs)
    throw new AppError(
      'conflict',
      'Which pairs of types are allowed is not known: the corpus of the run is in the bin or gone. Restore it, or keep all pairs.',
    )
  if (pairRule === 'label-set' && pairs.signatures.length === 0)
    return ['The label set of the corpus states no allowed pairs of types, so that it forbids nothing.']
  return []
}
