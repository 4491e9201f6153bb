/** The sentences of a selection that have words, in the order of the corpus. */
import type { CallInputs } from '#main/api/handlers'
import type { Workspace } from '#main/storage/workspace'
import { runInSlices } from '../slices.ts'

/** Number of sentences that are looked up at once. */
const pageLength = 10_000

export async function selectedIds(
  { corpora, assignments }: Pick<Workspace, 'corpora' | 'assignments'>,
  corpusId: number,
  selection: CallInputs['team']['assign']['selection'],
): Promise<number[]> {
  const isListed = 'sentenceIds' in selection
  const listed = new Set(isListed ? selection.sentenceIds : selection.without)
  const found: number[] = []
  for (let offset = 0; ; offset += pageLength) {
    const filter = isListed ? {} : selection.filter
    const { ids } = await runInSlices(corpora.idPageSteps(corpusId, filter, offset, pageLength))
    const own = ids.filter((id) => listed.has(id) === isListed)
    const withWords = assignments.withWords(own)
    found.push(...own.filter((id) => withWords.has(id)))
    if (ids.length < pageLength) return found
  }
}
