/** Exports that other libraries train on: a datasets folder of Hugging Face, JSON lines for spaCy. */
import { describe, expect, it } from 'vitest'
import { huggingFace } from '#main/corpora/formats/huggingface/huggingface'
import { spacyJsonl } from '#main/corpora/formats/spacy/spacy'
import { emptyLabelSet } from '#main/labels/label-set'
import { writeText } from '../../support/corpus-files.ts'
import { hardCorpus } from '../../support/written-corpus.ts'

const labels = { ...emptyLabelSet, entityTypes: [{ name: 'PER' }], relationTypes: [{ name: 'met' }] }

describe('a datasets folder', () => {
  it('has a file for each split, a record for each sentence, and a card with features and counts', async () => {
    const docs = await hardCorpus()
    const { files, losses } = await writeText(
      huggingFace,
      [...docs, ...docs.map(({ split: _, ...doc }) => doc)],
      labels,
    )
    expect(Object.keys(files)).toEqual(['validation.jsonl', 'train.jsonl', 'README.md'])
    const [first, second] = String(files['validation.jsonl']).split('\n')
    expect(JSON.parse(first ?? '')).toEqual({
      id: 'news/1#1',
      text: 'Mara "Mo" Velt founded Orbisk & <Labs> .',
      tokens: ['Mara', '"Mo"', 'Velt', 'founded', 'Orbisk', '&', '<Labs>', '.'],
      pos: Array.from({ length: 8 }, () => ''),
      entities: [
        { start: 0, end: 3, type: 'PER' },
        { start: 4, end: 7, type: 'ORG' },
      ],
      relations: [{ head: 0, tail: 1, type: 'founder of' }],
    })
    expect(JSON.parse(second ?? '')).toMatchObject({ text: '林晓舟 met Mara "Mo" Velt .' })
    const card = String(files['README.md'])
    expect(card).toContain(
      '  - split: validation\n    path: validation.jsonl\n  - split: train\n    path: train.jsonl\n',
    )
    expect(card).toContain(
      `  - name: train\n    num_examples: 2\n    num_bytes: ${new TextEncoder().encode(String(files['train.jsonl'])).length}\n`,
    )
    expect(card).toContain('Entity types: `PER`.')
    expect(losses).toEqual([
      '2 triples whose strings do not stand in their sentence are left out',
      '2 sentences of no split go into train',
    ])
  })
})

describe('JSON lines for spaCy', () => {
  it('have words with the spaces behind them, and spans and relations by their numbers in the document', async () => {
    const { text, losses } = await writeText(spacyJsonl, await hardCorpus(), labels)
    const record = JSON.parse(text) as Record<string, unknown>
    expect(record).toMatchObject({
      id: 'news/1',
      spans: [
        { start: 0, end: 3, label: 'PER' },
        { start: 4, end: 7, label: 'ORG' },
        { start: 8, end: 9, label: 'PER' },
        { start: 10, end: 13, label: 'PER' },
      ],
      relations: [
        { head: 0, child: 1, label: 'founder of' },
        { head: 2, child: 3, label: 'met' },
      ],
    })
    expect(record['spaces']).toEqual([...Array.from({ length: 13 }, () => true), false])
    expect((record['sent_starts'] as boolean[]).flatMap((starts, at) => (starts ? [at] : []))).toEqual([0, 8])
    expect(losses).toEqual(['1 triple whose strings do not stand in its sentence is left out'])
  })
})
