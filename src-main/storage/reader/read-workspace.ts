/** ReadWorkspace: what can be read of a workspace through a connection of its own; whatever would write is refused by SQLite. */
import { createAssignmentRepository, type AssignmentRepository } from '../assignment-repository.ts'
import { createAnnotationRepository, type AnnotationRepository } from '../annotation-repository.ts'
import { createCalibrationRepository, type CalibrationRepository } from '../calibration-repository.ts'
import { createCorpusRepository, type CorpusRepository } from '../corpus-repository.ts'
import type { Database } from '../database.ts'
import { createExtractionRepository, type ExtractionRepository } from '../extraction-repository.ts'
import type { Finding } from '#main/core/finding'
import { quickFindings } from '../integrity.ts'
import { createResultRepository, type ResultRepository } from '../extractions/result-repository.ts'
import { createLabelRepository, type LabelRepository } from '../label-repository.ts'
import { createLayerRepository, type LayerRepository } from '../layer-repository.ts'
import { createPredictionRepository, type PredictionRepository } from '../prediction-repository.ts'
import { createSampleRepository, type SampleRepository } from '../sample-repository.ts'
import { createSettingsRepository, type SettingsRepository } from '../settings-repository.ts'
import { createSuggestionRepository, type SuggestionRepository } from '../suggestion-repository.ts'
import { createSystemRepository, type SystemRepository } from '../system-repository.ts'

export interface ReadWorkspace {
  readonly corpora: CorpusRepository
  readonly labels: LabelRepository
  readonly layers: LayerRepository
  readonly assignments: AssignmentRepository
  readonly annotations: AnnotationRepository
  readonly predictions: PredictionRepository
  readonly suggestions: SuggestionRepository
  readonly calibrations: CalibrationRepository
  readonly results: ResultRepository
  readonly extractions: Pick<ExtractionRepository, 'documentTexts' | 'notes'>
  readonly samples: Pick<SampleRepository, 'verdicts'>
  readonly settings: SettingsRepository
  readonly systems: Pick<SystemRepository, 'stated'>
  /** Checks that the database is sound, in one step that takes as long as it takes. */
  integrity(): readonly Finding[]
}

export function readWorkspace(database: Database): ReadWorkspace {
  return {
    corpora: createCorpusRepository(database, Date.now),
    labels: createLabelRepository(database),
    layers: createLayerRepository(database),
    assignments: createAssignmentRepository(database),
    annotations: createAnnotationRepository(database),
    predictions: createPredictionRepository(database),
    suggestions: createSuggestionRepository(database),
    calibrations: createCalibrationRepository(database),
    results: createResultRepository(database),
    extractions: createExtractionRepository(database),
    samples: createSampleRepository(database),
    settings: createSettingsRepository(database),
    systems: createSystemRepository(database),
    integrity: () => quickFindings(database),
  }
}
