/** Writes the sample corpus: npm run sample. The same files every time; a test compares them. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
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
export function generateSample(): Record<Split, string> {
  const generated = generateSentences(sizes.train + sizes.dev + sizes.test)
  let first = 0
  const files = splits.map((split) => {
    const own = generated.slice(first, first + sizes[split])
    first += sizes[split]
    const written = handwritten.filter((sentence) => sentence.split === split)
    const docs: AnnotatedDoc[] = [
      ...own.map((sentence, index) => toDoc(sentence, `${split}-${index + 1}`, split)),
      ...written.map(({ text, triples }, index) =>
        toDoc(renderMarked(text, triples), `${split}-handwritten-${index + 1}`, split),
      ),
    ]
    const { text } = jsonl.serialize?.(docs, sampleLabels) ?? { text: '' }
    return [split, text]
  })
  return Object.fromEntries(files) as Record<Split, string> // one entry per split
}

if (import.meta.main || process.argv[1] === import.meta.filename)
  for (const [split, text] of Object.entries(generateSample()))
    writeFileSync(path.join(import.meta.dirname, '..', `${split}.jsonl`), text)
