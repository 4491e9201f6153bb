/** Saved filters: kept by name for each corpus; one that asks for what is not there any more says so. */
import type { Handlers } from '#main/api/handlers'
import type { SavedFilter, ShownFilter } from '#main/document/saved-filter'
import type { StoredFilter } from '#main/storage/filter-repository'
import type { Workspace } from '#main/storage/workspace'
import type { ServiceContext } from '../context.ts'

type FilterCalls = Pick<
  Handlers['corpora'],
  'savedFilters' | 'saveFilter' | 'changeFilter' | 'removeFilter' | 'restoreFilter'
>

export function createSavedFilters({ workspace, emit }: ServiceContext): FilterCalls {
  const { filters } = workspace
  const told = (filter: StoredFilter): ShownFilter => {
    emit({ type: 'filters-changed', corpusId: filter.corpusId })
    return show(workspace, filter)
  }
  return {
    savedFilters: async ({ corpusId }) => filters.list(corpusId).map((filter) => show(workspace, filter)),
    saveFilter: async ({ corpusId, name, filter }) => told(filters.add(corpusId, name, filter)),
    changeFilter: async ({ filterId, name, filter }) =>
      told(filters.change(filterId, { ...(name !== undefined && { name }), ...(filter && { filter }) })),
    removeFilter: async ({ filterId }) => told(filters.remove(filterId)),
    restoreFilter: async ({ filterId }) => told(filters.restore(filterId)),
  }
}

function show(workspace: Workspace, { runName, ...saved }: StoredFilter): ShownFilter {
  return { ...saved, missing: missingOf(workspace, saved, runName) }
}

function missingOf({ labels, runs }: Workspace, { corpusId, filter }: SavedFilter, runName: string | null): string[] {
  const set = labels.get(corpusId)
  const missing: string[] = []
  const { entityType, relationType, run } = filter
  if (entityType !== undefined && !set.entityTypes.some(({ name }) => name === entityType))
    missing.push(`The entity type ${entityType} is not in the label set any more.`)
  if (relationType !== undefined && !set.relationTypes.some(({ name }) => name === relationType))
    missing.push(`The relation type ${relationType} is not in the label set any more.`)
  if (run && !runs.list().some(({ runId }) => runId === run.runId))
    missing.push(`The run ${runName ?? run.runId} was removed.`)
  return missing
}
