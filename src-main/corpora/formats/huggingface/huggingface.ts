/** A folder that Hugging Face datasets loads, written only: JSON lines for each split, and a README with the features and counts. */
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Split } from '#main/document/doc'
import type { LabelSet } from '#main/labels/label-set'
import type { CorpusFormat } from '../../format.ts'
import type { Loss, LossCount } from '../../shared/losses.ts'
import { countUnkept, type Part } from '../../shared/unkept.ts'
import { toWholeWords } from '../../shared/whole-words.ts'
import { createOffsetTable } from '#main/text/code-points'
import { wordsOf } from '#main/text/words'
import { datasetCard, type SplitCount } from './card.ts'

export const huggingFace: CorpusFormat = {
  name: 'huggingface',
  title: 'Hugging Face datasets folder',
  extensions: ['.jsonl'],
  keeps: ['text and words of each sentence', 'parts of speech', 'spans with their types', 'relations', 'splits'],
  settings: [],
  recognize: () => null,
  read: null,
  writer: { layout: 'folder', countLosses, write },
}

const kept: ReadonlySet<Part> = new Set(['pos', 'spacing', 'unrelated', 'types', 'relations', 'ownSentences'])
const noSplit: Loss = ['sentence of no split goes into train', 'sentences of no split go into train']

function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countUnkept(doc, kept, losses)
  if (doc.split === undefined) losses.add(noSplit, recordsOf(doc).length)
}

/** Names that datasets gives to splits. */
const names: Readonly<Record<Split, string>> = { train: 'train', dev: 'validation', test: 'test' }

async function write(docs: AsyncIterable<AnnotatedDoc>, labels: LabelSet, sink: Sink): Promise<void> {
  const counts = new Map<string, SplitCount>()
  for await (const doc of docs) {
    const records = recordsOf(doc)
    if (records.length === 0) continue
    const name = names[doc.split ?? 'train']
    const path = `${name}.jsonl`
    const text = records.map((record) => `${JSON.stringify(record)}\n`).join('')
    await sink.beside(path).write(text)
    const known = counts.get(name) ?? { name, path, examples: 0, bytes: 0 }
    counts.set(name, {
      ...known,
      examples: known.examples + records.length,
      bytes: known.bytes + new TextEncoder().encode(text).length,
    })
  }
  await sink.beside('README.md').write(datasetCard([...counts.values()], labels))
}

/** One record per sentence that has words. Spans count its words, relations count its spans. */
function recordsOf(doc: AnnotatedDoc): Json[] {
  const table = createOffsetTable(doc.text)
  return doc.sentences.flatMap(({ start, end }, at): Json[] => {
    const annotation = doc.annotations[at]
    if (!annotation || start === end) return []
    const tokens = doc.tokens.slice(start, end)
    const { spans, relations } = toWholeWords(annotation)
    const indexOf = new Map(spans.map(({ id }, index) => [id, index]))
    return [
      {
        id: `${doc.id}#${at + 1}`,
        text: table.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0),
        tokens: wordsOf(doc.text, tokens),
        pos: tokens.map(({ pos }) => pos ?? ''),
        entities: spans.map((span) => ({ start: span.start, end: span.end, type: span.label })),
        relations: relations.map(({ subject, type, object }) => ({
          head: indexOf.get(subject) ?? 0,
          tail: indexOf.get(object) ?? 0,
          type,
        })),
      },
    ]
  })
}
