/** The long reads of the services, by name: whatever goes through a whole corpus without writing. */
import type { Finding } from '#main/core/finding'
import type { MessagePort } from 'node:worker_threads'
import { compareSystems, type SystemDifference } from '#main/comparison/compare-systems'
import type { SystemCounts } from '#main/comparison/count-table'
import type { OverReliance } from '#main/comparison/over-reliance'
import type { CalibrationCheck } from '#main/evaluation/calibration-check'
import type { RunCalibration } from '#main/evaluation/run-calibration'
import type { CorpusFigures, CorpusStatistics } from '#main/evaluation/corpus-statistics'
import type { ExtractedDocument } from '#main/document/extracted-document'
import type { LeakReport } from '#main/document/leak-report'
import type { DocumentPage } from '#main/storage/extraction-repository'
import type { ReadTask, ReadTasks } from '#main/storage/reader/read-task'
import type { CheckedSentences } from '#main/storage/violating-sentences'
import type { KeptWords } from '#main/storage/kept-words'
import type { SentenceFilter, SentencePage } from '#main/document/sentence-row'
import type { RelabelPreview } from '#main/api/labels'
import type {
  ComparedResults,
  EntityRow,
  ExtractedRow,
  Neighbourhood,
  PairRow,
  RowMarks,
  RowPage,
} from '#main/document/extracted-row'
import type { ListRequest, MarkPiece, PagePlace } from '#main/storage/extractions/result-repository'
import { judgedTexts } from '../extraction/judged-texts.ts'
import { suggestionGroups } from '../suggestions/group-steps.ts'
import { matchRules } from '../suggestions/match-page.ts'
import type { CountedLayer } from '#main/document/layer'
import { functionalSteps } from '../results/functional-relations.ts'
import {
  relianceSteps,
  reviewedSteps,
  type RelianceRequest,
  type ReviewedRequest,
} from '../annotations/reliance-steps.ts'
import { mixedQueueSteps, type MixedQueueRequest } from '../annotations/mixed-queue.ts'
import { agreementSteps, type AgreementRequest } from '../team/agreement-steps.ts'
import type { AgreementReport } from '#main/evaluation/agreement/report'
import { previewSteps, type RelabelRequest } from '../labels/relabel-preview.ts'
import { referenceSteps, type ReferenceRequest, type References } from '../comparisons/references.ts'
import type { SentenceDiff } from '#main/api/comparisons'
import { diffSteps, type DiffRequest } from '../comparisons/diff-steps.ts'
import {
  breakdownSteps,
  confusionSteps,
  probabilitySteps,
  type BreakdownRequest,
  type ConfusionRequest,
  type ProbabilityRequest,
} from '../comparisons/chart-steps.ts'
import { goldVersionSteps, type GoldVersionsRequest } from '../comparisons/gold-versions.ts'
import type { GoldVersions } from '#main/comparison/gold-versions'
import type { BreakdownIntervals } from '#main/comparison/charts/breakdown-bars'
import type { Confused } from '#main/comparison/charts/confusion'
import type { GridCell } from '#main/comparison/charts/chart'
import type { ProbableRow } from '#main/comparison/charts/probability-charts'
import { figureSteps } from '../corpora/corpus-figures.ts'
import { floorSteps } from '../corpora/corpus-floor.ts'
import { endPages, pagesFrom, passPage } from '../corpora/passed-pages.ts'
import { statisticsSteps } from '../corpora/statistics.ts'
import { calibrationSteps, checkSteps, type CalibrationRequest, type CheckRequest } from '../runs/calibrate-steps.ts'
import { wordSteps } from '../runs/corpus-words.ts'
import { scoredSteps, type ScoredSplit, type ScoreRequest } from '../runs/scored-steps.ts'
import { splitGoldSteps, type SplitGold, type SplitGoldRequest } from '../runs/split-gold-steps.ts'

const statistics: ReadTask<{ readonly corpusId: number }, CorpusStatistics> = {
  isLong: true,
  read: (workspace, { corpusId }, tell) => statisticsSteps(workspace, corpusId, tell),
}

interface FiguresRequest {
  readonly corpusId: number
  /** Takes all sentences for the memory floor, which is computed at the same time. */
  readonly passTo: MessagePort
}

const figures: ReadTask<FiguresRequest, CorpusFigures> = {
  isLong: true,
  *read(workspace, { corpusId, passTo }, tell) {
    const figures = yield* figureSteps(workspace, corpusId, tell, (page) => passPage(passTo, page))
    endPages(passTo)
    return figures
  },
}

interface FloorRequest {
  /** Gives all sentences, in the order of the splits. */
  readonly takeFrom: MessagePort
}

const memoryFloor: ReadTask<FloorRequest, CorpusStatistics['memoryFloor']> = {
  isLong: true,
  read: (_, { takeFrom }) => floorSteps(pagesFrom(takeFrom)),
}

const references: ReadTask<ReferenceRequest, References> = { isLong: true, read: referenceSteps }

const leaks: ReadTask<{ readonly corpusId: number }, LeakReport> = {
  isLong: true,
  read: ({ corpora }, { corpusId }) => corpora.leakSteps(corpusId),
}

const checkLabels: ReadTask<{ readonly corpusId: number }, CheckedSentences> = {
  isLong: true,
  read: ({ labels }, { corpusId }) => labels.checkSteps(corpusId),
}

const words: ReadTask<{ readonly corpusId: number }, KeptWords> = {
  isLong: true,
  read: (workspace, { corpusId }) => wordSteps(workspace, corpusId),
}

interface PageRequest {
  readonly corpusId: number
  readonly filter: SentenceFilter
  readonly offset: number
  readonly limit: number
}

const page: ReadTask<PageRequest, SentencePage> = {
  isLong: false,
  read: ({ corpora }, { corpusId, filter, offset, limit }) =>
    corpora.sentencePageSteps(corpusId, filter, offset, limit),
}

const mixedQueue: ReadTask<MixedQueueRequest, number[]> = {
  isLong: false,
  read: (workspace, request) => mixedQueueSteps(workspace, request),
}

const layers: ReadTask<{ readonly corpusId: number }, CountedLayer[]> = {
  isLong: false,
  *read(workspace, { corpusId }) {
    yield
    return workspace.layers.list(corpusId)
  },
}

const previewRelabel: ReadTask<RelabelRequest, RelabelPreview> = { isLong: false, read: previewSteps }

const calibrate: ReadTask<CalibrationRequest, Omit<RunCalibration, 'text'>> = { isLong: true, read: calibrationSteps }

const checkCalibration: ReadTask<CheckRequest, CalibrationCheck> = { isLong: true, read: checkSteps }

const firstReviewed: ReadTask<ReviewedRequest, number[]> = { isLong: true, read: reviewedSteps }

const reliance: ReadTask<RelianceRequest, OverReliance> = { isLong: true, read: relianceSteps }

const integrity: ReadTask<object, readonly Finding[]> = {
  isLong: true,
  *read(workspace) {
    yield
    return workspace.integrity()
  },
}

type PageOf<Of extends ListRequest['of']> = Extract<ListRequest, { of: Of }> & PagePlace

const resultTriples: ReadTask<PageOf<'triples'>, RowPage<ExtractedRow>> = {
  isLong: false,
  read: ({ results }, request) => results.rowPage(request),
}

const resultPairs: ReadTask<PageOf<'pairs'>, RowPage<PairRow>> = {
  isLong: false,
  read: ({ results }, request) => results.pairPage(request),
}

const resultEntities: ReadTask<PageOf<'entities'>, RowPage<EntityRow>> = {
  isLong: false,
  read: ({ results }, request) => results.entityPage(request),
}

const resultMarks: ReadTask<ListRequest & MarkPiece, RowMarks> = {
  isLong: true,
  read: ({ results }, request) => results.marks(request),
}

interface NeighbourhoodRequest {
  readonly entityId: number
  readonly depth: 1 | 2
  readonly nodes: number
}

const neighbourhood: ReadTask<NeighbourhoodRequest, Neighbourhood | null> = {
  isLong: false,
  *read({ results }, { entityId, depth, nodes }) {
    yield
    return results.neighbourhood(entityId, depth, nodes)
  },
}

const compareResults: ReadTask<{ readonly extractionId: number; readonly otherId: number }, ComparedResults> = {
  isLong: true,
  read: ({ results }, { extractionId, otherId }) => results.compare(extractionId, otherId),
}

const functionalRelations: ReadTask<{ readonly corpusId: number }, Map<string, number | null>> = {
  isLong: true,
  read: functionalSteps,
}

/** Characters of JSON of a page: whoever answers with it does so in some milliseconds, unless one document is larger. */
const pageCharacters = 2 ** 20

interface ExtractedPage extends DocumentPage {
  readonly extractionId: number
}

const extractedDocuments: ReadTask<ExtractedPage, ExtractedDocument[]> = {
  isLong: false,
  *read({ extractions }, { extractionId, ...page }) {
    yield
    const texts = extractions.documentTexts(extractionId, page, pageCharacters)
    return texts.map((text) => JSON.parse(text) as ExtractedDocument) // as it was stored
  },
}

const extractedLines: ReadTask<ExtractedPage, string[]> = {
  isLong: false,
  *read({ extractions, samples }, { extractionId, ...page }) {
    yield
    const texts = extractions.documentTexts(extractionId, page, pageCharacters)
    return judgedTexts(texts, page.offset, samples.verdicts(extractionId, page.offset, page.offset + texts.length))
  },
}

const extractionNotes: ReadTask<{ readonly extractionId: number }, readonly string[]> = {
  isLong: false,
  *read({ extractions }, { extractionId }) {
    yield
    return extractions.notes(extractionId)
  },
}

/** Reads nothing: the counts come with the question, and resampling them takes too long for the thread that answers the window. */
const testSystems: ReadTask<{ readonly first: SystemCounts; readonly second: SystemCounts }, SystemDifference> = {
  isLong: true,
  read: (_, { first, second }) => compareSystems(first, second),
}

const sentenceDiff: ReadTask<DiffRequest, SentenceDiff> = { isLong: false, read: diffSteps }

const splitGold: ReadTask<SplitGoldRequest, SplitGold> = { isLong: true, read: splitGoldSteps }

const scored: ReadTask<ScoreRequest, ScoredSplit> = { isLong: true, read: scoredSteps }

const goldVersions: ReadTask<GoldVersionsRequest, GoldVersions> = { isLong: true, read: goldVersionSteps }

const breakdowns: ReadTask<BreakdownRequest, BreakdownIntervals[]> = { isLong: true, read: breakdownSteps }

const probabilities: ReadTask<ProbabilityRequest, ProbableRow[]> = { isLong: true, read: probabilitySteps }

const confusion: ReadTask<ConfusionRequest, Record<Confused, GridCell[]>> = { isLong: true, read: confusionSteps }

const agreement: ReadTask<AgreementRequest, AgreementReport> = { isLong: true, read: agreementSteps }

export const readTasks = {
  statistics,
  figures,
  memoryFloor,
  references,
  leaks,
  checkLabels,
  words,
  page,
  mixedQueue,
  layers,
  matchRules,
  suggestionGroups,
  previewRelabel,
  calibrate,
  checkCalibration,
  firstReviewed,
  reliance,
  integrity,
  resultTriples,
  resultPairs,
  resultEntities,
  resultMarks,
  neighbourhood,
  compareResults,
  extractedDocuments,
  extractedLines,
  extractionNotes,
  functionalRelations,
  testSystems,
  sentenceDiff,
  splitGold,
  scored,
  goldVersions,
  breakdowns,
  probabilities,
  confusion,
  agreement,
} satisfies ReadTasks
