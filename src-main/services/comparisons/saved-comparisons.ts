/** Saved comparisons: kept by name; runs that are gone are left out of what is shown. */
import type { Handlers } from '#main/api/handlers'
import type { ComparisonRepository } from '#main/storage/comparison-repository'

type SavedCalls = Pick<Handlers['comparisons'], 'saved' | 'save' | 'change' | 'remove' | 'restore'>

export function createSavedComparisons(comparisons: ComparisonRepository): SavedCalls {
  return {
    saved: async () => comparisons.list(),
    save: async ({ name, view }) => comparisons.add(name, view),
    change: async ({ comparisonId, name, view }) =>
      comparisons.change(comparisonId, { ...(name !== undefined && { name }), ...(view && { view }) }),
    remove: async ({ comparisonId }) => comparisons.remove(comparisonId),
    restore: async ({ comparisonId }) => comparisons.restore(comparisonId),
  }
}
