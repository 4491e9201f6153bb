/** Writes the sample corpus: npm run sample. The same files every time; a test compares them. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Sink } from '#main/core/sink'
import { jsonl } from '#main/corpora/formats/jsonl/jsonl'
import { splits, type Split } from '#main/document/doc'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { handwritten } from './handwritten.ts'
import { sampleLabels } from './labels.ts'
import { renderMarked } from './render.ts'
import { generateSentences } from './sentences.ts'
import { toDoc } from './to-doc.ts'

const sizes: Record<Split, number> = { train: 560, dev: 100, test: 140 }

/** The text of every split's file. */
export async function generateSample(): Promise<Record<Split, string>> {
  const generated = generateSentences(sizes.train + sizes.dev + sizes.test)
  let first = 0
  const files: [Split, string][] = []
  for (const split of splits) {
    const own = generated.slice(first, first + sizes[split])
    first += sizes[split]
    const written = handwritten.filter((sentence) => sentence.split === split)
    const docs: AnnotatedDoc[] = [
      ...own.map((sentence, index) => toDoc(sentence, `${split}-${index + 1}`, split)),
      ...written.map(({ text, triples }, index) =>
        toDoc(renderMarked(text, triples), `${split}-handwritten-${index + 1}`, split),
      ),
    ]
    files.push([split, await textOf(docs)])
  }
  return Object.fromEntries(files) as Record<Split, string> // one entry per split
}

async function textOf(docs: readonly AnnotatedDoc[]): Promise<string> {
  const parts: string[] = []
  const sink: Sink = { write: async (text) => void parts.push(text), beside: () => sink }
  await jsonl.writer?.write(streamOf(docs), sampleLabels, sink)
  return parts.join('')
}

async function* streamOf(docs: readonly AnnotatedDoc[]): AsyncGenerator<AnnotatedDoc> {
  for (const doc of docs) yield await Promise.resolve(doc)
}

if (import.meta.main || process.argv[1] === import.meta.filename)
  for (const [split, text] of Object.entries(await generateSample()))
    writeFileSync(path.join(import.meta.dirname, '..', `${split}.jsonl`), text)
