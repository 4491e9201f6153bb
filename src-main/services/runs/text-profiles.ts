/** Profiles of texts for a run: how many of their words training has seen, and how many have a vector. */
import { profileOf, type TextProfile } from '#main/evaluation/text-profile'
import { unknownId, vocabularyFromText } from '#main/pretrained/vocabulary'
import type { Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import { createCorpusFacts } from './corpus-facts.ts'
import { readBest } from './run-checkpoint.ts'
import { createUnseenWords } from './unseen-words.ts'

export type Profile = (sentences: readonly (readonly string[])[], signal?: AbortSignal) => Promise<TextProfile>

const vocabularyFile = 'vocabulary.txt'

/** Null where the words of training are not at hand: the corpus is in the bin or gone. */
export async function profilesFor(
  context: Pick<ServiceContext, 'workspace' | 'reads' | 'vectorFiles'>,
  run: Run,
): Promise<Profile | null> {
  const { workspace, vectorFiles } = context
  if (!workspace.corpora.list().some(({ corpusId }) => corpusId === run.corpusId)) return null
  const { words, inTrain } = await createCorpusFacts(context).vocabulary(run.corpusId)
  const seen = new Set(words.filter((_, at) => (inTrain[at] ?? 0) > 0))
  const isSeen = (word: string): boolean => seen.has(word)
  // whoever predicts tells of a file that is gone
  const unseen = createUnseenWords({ vectorFiles, emit: () => undefined })(run)
  const stored = unseen && (await readBest(workspace, run, (name) => name === vocabularyFile))
  if (!stored) return async (sentences) => profileOf(sentences, { isSeen, hasVector: null })
  const { idOf } = vocabularyFromText(new TextDecoder().decode(stored.files[vocabularyFile]))
  return async (sentences, signal) => {
    const asked = new Set<string>()
    for (const sentence of sentences)
      for (const word of sentence) if (idOf(word) === unknownId) asked.add(word.toLowerCase())
    const found = new Set(asked.size > 0 ? (await unseen(asked, signal))?.words : [])
    return profileOf(sentences, { isSeen, hasVector: (word) => idOf(word) !== unknownId || found.has(word) })
  }
}
