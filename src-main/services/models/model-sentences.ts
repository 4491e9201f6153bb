/** Sentences and counts that the folder of a model takes from the corpus that its run was trained on. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { withoutGold, type SentenceWords } from '#main/document/labelled-sentence'
import type { SeenSignature } from '#main/model-folder/model-facts'
import type { Run } from '#main/runs/run'
import type { CorpusRepository } from '#main/storage/corpus-repository'

type Corpora = Pick<CorpusRepository, 'labelledPages'>

/** Sentences of the self-check: few, so that the folder passes on little of the corpus. */
const checked = 3
/** Words of a sentence of the self-check. */
const [fewest, most] = [3, 40]

/** The first sentences with triples that are neither very short nor very long, of dev where it has some. */
export function sentencesToCheck(corpora: Corpora, { corpusId }: Run): SentenceWords[] {
  for (const split of ['dev', 'test', 'train'] as const) {
    const found: SentenceWords[] = []
    for (const page of corpora.labelledPages(corpusId, split))
      for (const sentence of page) {
        const { words, triples, spans } = sentence
        if (words.length < fewest || words.length > most || triples.length + spans.length === 0) continue
        found.push(withoutGold(sentence))
        if (found.length === checked) return found
      }
    if (found.length > 0) return found
  }
  return []
}

/** The pairs of entity types that each relation type joins in the gold of train, the most frequent first. */
export async function seenSignatures(corpora: Corpora, { corpusId }: Run, untyped: string): Promise<SeenSignature[]> {
  const counts = new Map<string, SeenSignature>()
  for (const page of corpora.labelledPages(corpusId, 'train')) {
    for (const { triples } of page)
      for (const { subject, type, object } of triples) {
        const [from, to] = [subject.label || untyped, object.label || untyped]
        const key = [type, from, to].join('\n')
        const { count = 0 } = counts.get(key) ?? {}
        counts.set(key, { relation: type, subject: from, object: to, count: count + 1 })
      }
    await yieldToEventLoop()
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)
}
