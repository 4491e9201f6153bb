/** Counts the words of large corpora after they were imported or changed, so that the first estimate of a run need not wait for it. */
import type { Workspace } from '#main/storage/workspace'
import type { CorpusFacts } from './corpus-facts.ts'

/** Number of sentences below which words are counted as soon as an estimate asks. */
const manySentences = 20_000

/** Returns what is to be called when corpora may have changed; it resolves when all of them are counted. */
export function createWordsAhead(
  { corpora }: Pick<Workspace, 'corpora'>,
  facts: CorpusFacts,
  many = manySentences,
): () => Promise<void> {
  let looking: Promise<void> | null = null
  let isAskedAgain = false

  async function look(): Promise<void> {
    do {
      isAskedAgain = false
      for (const { corpusId, splits } of corpora.list()) {
        const sentences = Object.values(splits).reduce((sum, split) => sum + split.sentences, 0)
        // whatever fails is told by the estimate that asks for the words; a change while they are counted has them counted again
        if (sentences >= many) await facts.of(corpusId).catch(() => undefined)
      }
    } while (isAskedAgain)
  }

  return () => {
    isAskedAgain = true
    return (looking ??= look().finally(() => (looking = null)))
  }
}
