/** The filter of a queue that is confined to some sentences of its corpus. */
import type { SentenceFilter } from '#main/document/sentence-row'
import type { SentenceSelection } from '#main/document/split-act'
import type { QueueFilter } from '#main/storage/sentence-filter'

/** What passes both a filter and a selection. Of the filter, a queue asks for a search and for splits. */
export function scopedFilter(
  { search, splits, ...rest }: SentenceFilter,
  scope: SentenceSelection | undefined,
): QueueFilter {
  const asked = { ...rest, ...(search !== undefined && { search }), ...(splits && { splits }) }
  if (!scope) return asked
  if ('sentenceIds' in scope) return { ...asked, only: scope.sentenceIds }
  const { filter, without } = scope
  const words = [filter.search, search].filter((text) => text !== undefined && text.trim() !== '').join(' ')
  const common = splits && filter.splits ? splits.filter((split) => filter.splits?.includes(split)) : undefined
  return {
    ...filter,
    ...asked,
    ...(words !== '' && { search: words }),
    ...(common && { splits: common }),
    ...(without.length > 0 && { without }),
  }
}
