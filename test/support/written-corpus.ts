/** A corpus of two sentences with what makes exports hard: quotes, markup, several scripts, a triple of strings, a confidence. */
import { dygie } from '#main/corpora/formats/dygie/read'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { readText } from './corpus-files.ts'

export async function hardCorpus(): Promise<readonly AnnotatedDoc[]> {
  const line = {
    doc_key: 'news/1',
    sentences: [
      ['Mara', '"Mo"', 'Velt', 'founded', 'Orbisk', '&', '<Labs>', '.'],
      ['林晓舟', 'met', 'Mara', '"Mo"', 'Velt', '.'],
    ],
    ner: [
      [
        [0, 2, 'PER'],
        [4, 6, 'ORG'],
      ],
      [
        [8, 8, 'PER'],
        [10, 12, 'PER'],
      ],
    ],
    relations: [[[0, 2, 4, 6, 'founder of']], [[8, 8, 10, 12, 'met']]],
  }
  const { docs } = await readText(dygie, JSON.stringify(line), 'a.jsonl')
  return docs.map((doc) => ({
    ...doc,
    split: 'dev',
    annotations: doc.annotations.map((annotation, at) => ({
      ...annotation,
      relations: annotation.relations.map((one) => ({
        ...one,
        provenance: { origin: 'run', author: 'run 7', confidence: 0.5 },
      })),
      unanchored: at === 0 ? [{ subject: 'Ada', type: 'met', object: 'Mara "Mo" Velt' }] : [],
    })),
  }))
}
