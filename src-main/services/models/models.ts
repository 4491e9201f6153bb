/** Models as folders: exported from runs, and made runs of again. */
import type { Handlers } from '#main/api/handlers'
import { openModelFolder, type ModelFolder } from '#main/model-folder/model-folder'
import type { ServiceContext } from '../context.ts'
import { calibrated } from '../extraction/rules.ts'
import type { Calibrations } from '../runs/calibrations.ts'
import { trainedRun } from '../runs/trained-run.ts'
import { openSession, type PredictionSession, type SessionOptions } from '../runs/prediction-session.ts'
import { asTask } from '../workspaces/as-task.ts'
import { checkModel } from './check-model.ts'
import { exportModel } from './export-model.ts'
import { sourceOf } from './folder-source.ts'
import { importModel } from './import-model.ts'

export function createModels(
  context: ServiceContext,
  calibrations: Calibrations,
  computing: Omit<SessionOptions, 'tell'>,
): Handlers['models'] {
  const { workspace } = context
  const options: SessionOptions = { ...computing, tell: context.tellOnce }
  /** One thread: a few sentences are done before another would have started. */
  const sessionOf = (folder: ModelFolder): PredictionSession =>
    openSession(sourceOf(folder, { backend: folder.facts.run.config.backend, threads: 1 }), options)

  return {
    export({ runId, path, vectors, replace, taskId }, signal) {
      const run = trainedRun(workspace, runId)
      return asTask(context, { taskId, title: `export ${run.name}`, signal }, (stop, tell) =>
        exportModel(
          context,
          options,
          run,
          { path, vectors, replace, sessionOf, calibrationOf: (...asked) => calibrated(calibrations, ...asked) },
          tell,
          stop,
        ),
      )
    },

    async import({ path, corpusId, name }) {
      const folder = await openModelFolder(path)
      await checkModel(folder, sessionOf(folder))
      const imported = await importModel(workspace, folder, { corpusId, name }, context.now())
      context.emit({ type: 'run', run: imported.run })
      context.emit({ type: 'corpora-changed' })
      return imported
    },
  }
}
