/** Models as folders: exported from runs, and made runs of again. */
import { randomUUID } from 'node:crypto'
import type { Handlers } from '#main/api/handlers'
import { openModelFolder, type ModelFolder } from '#main/model-folder/model-folder'
import type { ServiceContext } from '../context.ts'
import { calibrated } from '../extraction/rules.ts'
import type { Calibrations } from '../runs/calibrations.ts'
import { trainedRun } from '../runs/trained-run.ts'
import { openSession, type PredictionSession, type SessionOptions } from '../runs/prediction-session.ts'
import { asTask, type Tell } from '../workspaces/as-task.ts'
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

  /** The folder, once it is whole and predicts its own sentences as it did. */
  async function openChecked(path: string, stop: AbortSignal, tell: Tell) {
    tell(0, 'comparing every file with its checksum')
    const folder = await openModelFolder(path)
    stop.throwIfAborted()
    tell(0.5, 'predicting its own sentences')
    const { sentences } = await checkModel(folder, sessionOf(folder))
    stop.throwIfAborted()
    return { folder, sentences }
  }

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

    check: ({ path, taskId = randomUUID() }, signal) =>
      asTask(context, { taskId, title: `check ${path}`, signal }, async (stop, tell) => {
        const { folder, sentences } = await openChecked(path, stop, tell)
        const { run, labels, exportedMs } = folder.facts
        return {
          ...{ name: run.name, variant: run.config.variant, corpusName: run.data.corpusName, exportedMs, sentences },
          ...{ entityTypes: labels.entityTypes.length, relationTypes: labels.relationTypes.length },
          bestF1: run.bestDev?.f1 ?? null,
        }
      }),

    import: ({ path, corpusId, name, taskId = randomUUID() }, signal) =>
      asTask(context, { taskId, title: `import ${path}`, signal }, async (stop, tell) => {
        const { folder } = await openChecked(path, stop, tell)
        tell(0.9, 'storing the run')
        const imported = await importModel(workspace, folder, { corpusId, name }, context.now())
        context.emit({ type: 'run', run: imported.run })
        context.emit({ type: 'corpora-changed' })
        return imported
      }),
  }
}
