/** The sample project: reproducible, varied, and not to be solved by remembering. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { recognize } from '#main/corpora/recognition'
import { jsonl } from '#main/corpora/formats/jsonl/jsonl'
import { wordsOf } from '#main/text/words'
import { splits, type Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { toTriples } from '#main/document/relation'
import { goldTextTriples } from '#main/evaluation/match-items'
import { overlapClasses } from '#main/evaluation/overlap-class'
import { violationsOf } from '#main/labels/check-annotation'
import { generateSample } from '../../resources/sample/generator/generate.ts'
import { headOfText, readText } from '../support/corpus-files.ts'
import { clauses, distractors } from '../../resources/sample/generator/templates.ts'
import { memoryFloor } from '../support/memory-floor.ts'

const textOf = (split: Split): string =>
  readFileSync(new URL(`../../resources/sample/${split}.jsonl`, import.meta.url), 'utf8')

const parsed = new Map(
  await Promise.all(
    splits.map(async (split) => [split, await readText(jsonl, textOf(split), `${split}.jsonl`)] as const),
  ),
)

function sentencesOf(split: Split): LabelledSentence[] {
  return (parsed.get(split)?.docs ?? []).map(({ text, tokens, annotations }, sentenceId) => {
    const { spans = [], relations = [] } = annotations[0] ?? {}
    return { sentenceId, words: wordsOf(text, tokens), spans, triples: toTriples(spans, relations), unanchored: [] }
  })
}

const gold = { train: sentencesOf('train'), dev: sentencesOf('dev'), test: sentencesOf('test') }

describe('the sample', () => {
  it('is what its generator writes, byte for byte', async () => {
    const generated = await generateSample()
    for (const split of splits) expect(generated[split] === textOf(split), split).toBe(true)
  })

  it('is read without a problem, and recognised as our own format', async () => {
    for (const split of splits) {
      expect(parsed.get(split)?.problems).toEqual([])
      const found = recognize(await headOfText(`${split}.jsonl`, textOf(split)))
      expect(found?.isRead === true && found.format.name).toBe('jsonl')
    }
  })

  it('holds 600 to 1,000 sentences of every class, with entities of several words', () => {
    const all = splits.flatMap((split) => gold[split])
    expect(all.length).toBeGreaterThanOrEqual(600)
    expect(all.length).toBeLessThanOrEqual(1000)
    for (const split of splits) {
      const classes = gold[split].flatMap((sentence) => overlapClasses(sentence, 'list'))
      expect(new Set(classes)).toEqual(new Set(['Normal', 'SEO', 'EPO']))
    }
    expect(all.filter(({ triples }) => triples.length === 0).length).toBeGreaterThan(30)
    const spans = all.flatMap((sentence) => sentence.spans)
    expect(spans.filter(({ start, end }) => end - start > 1).length / spans.length).toBeGreaterThan(0.5)
    expect(clauses.length + distractors.length).toBeGreaterThan(60)
  })

  it('keeps to its own label set', () => {
    for (const { docs, labels } of parsed.values())
      for (const { text, tokens, annotations } of docs)
        for (const annotation of annotations)
          expect(violationsOf(labels, annotation, wordsOf(text, tokens))).toEqual([])
  })

  it('cannot be solved by remembering: train and test share few triples', () => {
    const known = new Set(gold.train.flatMap(goldTextTriples).map((triple) => JSON.stringify(triple)))
    const test = gold.test.flatMap(goldTextTriples)
    expect(test.filter((triple) => known.has(JSON.stringify(triple))).length / test.length).toBeLessThan(0.1)
    expect(memoryFloor(gold).scores.f1).toBeLessThan(0.3)
  })
})
