/** Importing a layer: what another system says of the sentences of a corpus, from a file in any format of a corpus. */
import type { Handlers } from '#main/api/handlers'
import type { ImportedLayer } from '#main/api/suggestions'
import { AppError } from '#main/core/errors'
import type { Source } from '#main/core/source'
import { targetsOf, typeNames, withTypes } from '#main/labels/type-names'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { openSources } from '../corpora/import-sources.ts'
import { problemsOf, refuseLayer, refuseName } from './layer-verdict.ts'
import { readLayer, type LayerRequest } from './read-layer.ts'

export function createImportLayer(context: ServiceContext): Pick<Handlers['suggestions'], 'importLayer'> {
  const { workspace, reads, uploads, tasks, emit } = context
  return {
    async importLayer(request, signal = new AbortController().signal) {
      const { corpusId, name, file, taskId } = request
      workspace.corpora.find(corpusId)
      refuseName(name, await reads.ask('layers', { corpusId }))
      const cancel = new AbortController()
      const stopped = AbortSignal.any([signal, cancel.signal])
      const begun = { taskId, kind: 'import', title: `suggestions of ${name}`, detail: '' } as const
      const task = tasks.begin({ ...begun, fraction: null, secondsLeft: null }, () => cancel.abort())
      try {
        const { sources } = await openSources([{ file }], uploads, stopped)
        const [opened, ...others] = sources
        if (!opened || others.length > 0)
          throw new AppError('invalid-input', `Give one file; ${countOf(sources.length, 'file')} were found.`)
        const imported = await take(opened.source, request, stopped)
        task.finish('finished', countOf(imported.sentences, 'sentence'))
        return imported
      } catch (error) {
        task.finish(stopped.aborted ? 'cancelled' : 'failed', error instanceof Error ? error.message : String(error))
        throw stopped.aborted ? new AppError('cancelled', 'The import was cancelled.') : error
      } finally {
        emit({ type: 'corpora-changed' })
      }
    },
  }

  /** The file is read as a whole before anything is written: what is wrong near its end leaves nothing behind. */
  async function take(source: Source, request: LayerRequest, signal: AbortSignal): Promise<ImportedLayer> {
    const { corpusId, name } = request
    const layer = { kind: 'system', name } as const
    const { corpora, labels, layers } = workspace
    const before = labels.get(corpusId)
    const corpus = { corpora, known: typeNames(before) }
    const reading = await readLayer(source, request, corpus, signal)
    refuseLayer(source.name, corpora.find(corpusId).name, reading, request.isStrict ?? false)
    if (!request.isDryRun) {
      const after = withTypes(before, targetsOf(reading.mapping))
      if (after !== before) labels.update(corpusId, after)
      await readLayer(source, request, corpus, signal, (said) => layers.put(corpusId, layer, said))
    }
    const { sentences, spans, relations, recordsLeftOut } = reading
    return { layer, sentences, spans, relations, recordsLeftOut, problems: problemsOf(reading) }
  }
}
