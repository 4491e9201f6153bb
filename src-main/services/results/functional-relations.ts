/** Which relations mostly have one object for a subject, by the training data of a run. */
import { spanText } from '#main/document/labelled-sentence'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import { nameKey } from '#main/text/name-key'

/** Sentences that are looked at: enough to know, and few enough to hold their names in memory. */
const mostSentences = 200_000

/** Subjects in two sentences or more from which a share is told. */
const leastSubjects = 5

interface Seen {
  readonly object: string
  sentences: number
  hasOthers: boolean
}

/**
 * Of the subjects that a relation has in two sentences or more of train, the share with one object; null where there are fewer than
 * five. A subject that occurs once has one object anyway, so it tells nothing.
 */
export function* functionalSteps(
  { corpora }: Pick<ReadWorkspace, 'corpora'>,
  { corpusId }: { readonly corpusId: number },
): Generator<void, Map<string, number | null>> {
  const seen = new Map<string, Map<string, Seen>>()
  let sentences = 0
  for (const page of corpora.labelledPages(corpusId, 'train')) {
    for (const { words, triples } of page) {
      sentences++
      const here = new Set<string>()
      for (const { subject, type, object } of triples) {
        const [from, to] = [nameKey(spanText(words, subject)), nameKey(spanText(words, object))]
        const ofType = seen.get(type) ?? new Map<string, Seen>()
        seen.set(type, ofType)
        const known = ofType.get(from)
        const isFirst = !here.has(`${type}\n${from}`)
        here.add(`${type}\n${from}`)
        if (!known) ofType.set(from, { object: to, sentences: 1, hasOthers: false })
        else {
          if (isFirst) known.sentences++
          known.hasOthers ||= known.object !== to
        }
      }
    }
    yield
    if (sentences >= mostSentences) break
  }
  return new Map([...seen].map(([type, subjects]) => [type, shareOf([...subjects.values()])]))
}

function shareOf(subjects: readonly Seen[]): number | null {
  const repeated = subjects.filter((subject) => subject.sentences > 1)
  if (repeated.length < leastSubjects) return null
  return repeated.filter(({ hasOthers }) => !hasOthers).length / repeated.length
}
