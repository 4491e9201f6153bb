/** The JSON Schemas of docs/schemas: whatever is written keeps to them. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonl } from '#main/corpora/formats/jsonl/jsonl'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { annotatedDocs } from '../support/corpus-arbitraries.ts'
import { writeText } from '../support/corpus-files.ts'

function schemaOf(name: string) {
  const file = new URL(`../../docs/schemas/${name}.schema.json`, import.meta.url)
  return new Ajv2020({ allErrors: true, strictTuples: false }).compile(JSON.parse(readFileSync(file, 'utf8')) as object)
}

const labels = {
  entityTypes: [{ name: 'PERSON', hue: 2, key: 'p', guideline: 'People.' }, { name: 'PLACE' }],
  relationTypes: [{ name: 'in', key: 'i' }],
  signatures: [{ relation: 'in', subject: 'PERSON', object: 'PLACE' }],
}

it('hold for every line of our JSON lines', async () => {
  const validate = schemaOf('corpus-line')
  await fc.assert(
    fc.asyncProperty(annotatedDocs, async (docs) => {
      const { text } = await writeText(jsonl, docs, labels)
      for (const line of text.trimEnd().split('\n')) {
        validate(JSON.parse(line))
        expect(validate.errors).toBeNull()
      }
    }),
  )
  expect(validate({ text: 'Mara' })).toBe(false)
})

it('hold for a document that was extracted, and for one that could not be read', () => {
  const validate = schemaOf('extraction-line')
  const span = { text: 'Mara', start: 0, end: 4, type: 'PERSON', probability: 0.9 }
  const triple = {
    ...{ subject: span, relation: 'in', object: span, probability: 0.5, calibratedProbability: 0.7 },
    plausibility: 'unseen' as const,
  }
  const sentence = { start: 0, end: 10, text: 'Mara left.', spans: [span], triples: [triple] }
  const read: ExtractedDocument = { document: 'a.txt', runId: 'r', sentences: [sentence], failure: null, notes: ['n'] }
  for (const document of [read, { ...read, sentences: [], failure: 'It is empty.' }]) {
    validate(document)
    expect(validate.errors).toBeNull()
  }
  expect(validate({ ...read, runId: 5 })).toBe(false)
})
