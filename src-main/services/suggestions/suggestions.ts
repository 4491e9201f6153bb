/** Suggestions in the services: who suggests in a corpus, and in which types. */
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import { isSuggestingKind, type SuggestionSource } from '#main/document/suggestion-source'
import { proposeMapping } from '#main/document/type-mapping'
import { targetsOf, typeNames, withTypes } from '#main/labels/type-names'
import { bestRun } from '#main/runs/best-run'
import { typesOfRun } from '#main/runs/run-types'
import type { ServiceContext } from '../context.ts'
import { createBatches, type Batches } from '../annotations/batches.ts'
import { readStoredModel } from '../runs/stored-model.ts'
import { createImportLayer } from './import-layer.ts'
import { createRules } from './rules.ts'

/** Number of sentences of which a layer is taken away together. */
const droppedAtOnce = 500

export function createSuggestions(
  context: ServiceContext,
  batches: Pick<Batches, 'answer'> = createBatches(context),
): Handlers['suggestions'] {
  const { workspace, reads, emit } = context
  const { labels, layers, runs, suggestions } = workspace

  return {
    ...createRules(context),
    ...createImportLayer(context),

    async sources({ corpusId }) {
      const listed = await reads.ask('layers', { corpusId })
      const own = listed.flatMap(({ kind, name, sentences }) =>
        isSuggestingKind(kind)
          ? [{ kind, name, sentences, rules: kind === 'rule' ? suggestions.rules(corpusId, name) : null }]
          : [],
      )
      const known = runs.list()
      const mappedRuns = suggestions
        .mappedRuns(corpusId)
        .filter((id) => known.some(({ runId, bestEpoch }) => runId === id && bestEpoch !== null))
      const isThere = (source: SuggestionSource): boolean =>
        source.kind === 'run'
          ? known.some(({ runId, bestEpoch }) => runId === source.runId && bestEpoch !== null)
          : own.some(({ kind, name }) => kind === source.layer.kind && name === source.layer.name)
      const chosen = suggestions.chosen(corpusId)
      const best = bestRun(known, corpusId)
      const usual: SuggestionSource | null = best ? { kind: 'run', runId: best.runId } : null
      return {
        source: chosen === null || (chosen && isThere(chosen)) ? chosen : usual,
        ...{ layers: own, mappedRuns },
      }
    },

    choose: async ({ corpusId, source }) => suggestions.choose(corpusId, source),

    async runTypes({ corpusId, runId }) {
      const run = runs.find(runId)
      const model = await readStoredModel(workspace, run)
      if (!model)
        throw new AppError('conflict', `${run.name} has no checkpoint yet: let it finish at least one epoch first.`)
      const of = typesOfRun(model)
      const proposed = proposeMapping(of, typeNames(labels.get(corpusId)))
      const kept = suggestions.mapping(corpusId, runId)
      return {
        of,
        mapping: {
          entities: { ...proposed.entities, ...kept?.entities },
          relations: { ...proposed.relations, ...kept?.relations },
        },
      }
    },

    async mapTypes({ corpusId, runId, mapping }) {
      runs.find(runId)
      const before = labels.get(corpusId)
      const targets = targetsOf(mapping)
      const after = withTypes(before, targets)
      if (targets.entities.length + targets.relations.length === 0)
        throw new AppError(
          'invalid-input',
          'Every type is left out, so the run could suggest nothing. Choose a type of this corpus for one of them.',
        )
      workspace.transaction(() => {
        if (after !== before) labels.update(corpusId, after)
        suggestions.putMapping(corpusId, runId, mapping)
      })
      emit({ type: 'corpora-changed' })
    },

    groups: (request, signal) => reads.ask('suggestionGroups', request, { signal }),
    answer: ({ corpusId, ...answer }) => batches.answer(corpusId, answer),

    async removeLayer({ corpusId, layer }) {
      for (;;) {
        const ids = layers.sentenceIds(corpusId, layer, 0, droppedAtOnce)
        if (ids.length === 0) break
        layers.drop(corpusId, layer, ids)
        await new Promise((resolve) => setImmediate(resolve))
      }
      if (layer.kind === 'rule') suggestions.dropRules(corpusId, layer.name)
      emit({ type: 'corpora-changed' })
    },
  }
}
