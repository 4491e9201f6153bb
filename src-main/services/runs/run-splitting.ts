/** How a run splits new text: as most of the texts were that it was trained on. */
import type { SplittingCount } from '#main/document/corpus-summary'
import { splittingRules, type NewTextSplitting } from '#main/text/splitting'
import type { HanWords } from '#main/text/unspaced'

/** Share of the documents that one language must have; below it the language of each new text is found. */
const leastShare = 0.8

/** @param words of the training sentences, which tell how Han is split where the files gave the words. */
export function splittingOfRun(counts: readonly SplittingCount[], words: Iterable<string>): NewTextSplitting {
  const known = counts.flatMap(({ splitting, documents }) => (splitting ? [{ ...splitting, documents }] : []))
  const [most] = known
  if (!most) return { language: 'found', han: hanOf(words), rules: splittingRules }
  const total = known.reduce((sum, { documents }) => sum + documents, 0)
  const ofLanguage = Map.groupBy(known, ({ language }) => language)
  const [language] = [...ofLanguage].flatMap(([code, rows]) => {
    const documents = rows.reduce((sum, row) => sum + row.documents, 0)
    return documents >= leastShare * total ? [code] : []
  })
  return { language: language ?? 'found', han: most.han, rules: most.rules }
}

/** Number of words of Han characters that are enough to tell. */
const enough = 1000

/** Number of words that are looked for them: a corpus in another script may have millions. */
const most = 100_000

/** Finds how Han was split: by words where most of those that begin with a Han character have more than one. */
function hanOf(words: Iterable<string>): HanWords {
  let [all, longer, seen] = [0, 0, 0]
  for (const word of words) {
    if (++seen > most) break
    if (!/^\p{Script=Han}/u.test(word)) continue
    all++
    if (/^\p{Script=Han}{2}/u.test(word)) longer++
    if (all === enough) break
  }
  return 2 * longer > all ? 'words' : 'characters'
}
