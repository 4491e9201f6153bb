/** The JSON Schemas of docs/schemas: whatever is written keeps to them. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonl } from '#main/corpora/formats/jsonl/jsonl'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { jsonOf } from '#main/services/filter/answers'
import { annotatedDocs } from '../support/corpus-arbitraries.ts'
import { writeText } from '../support/corpus-files.ts'

function read(name: string): object {
  const file = new URL(`../../docs/schemas/${name}.schema.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as object
}

/** @param others schemas that it refers to. */
function schemaOf(name: string, ...others: readonly string[]) {
  const ajv = new Ajv2020({ allErrors: true, strictTuples: false, strictRequired: false })
  for (const other of others) ajv.addSchema(read(other))
  return ajv.compile(read(name))
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

const span = { text: 'Mara', start: 0, end: 4, type: 'PERSON', probability: 0.9 }
const triple = {
  ...{ subject: span, relation: 'in', object: span, probability: 0.5, calibratedProbability: 0.7 },
  plausibility: 'unseen' as const,
}
const document: ExtractedDocument = {
  ...{ document: 'a.txt', runId: 'r', failure: null, notes: ['n'] },
  sentences: [{ start: 0, end: 10, text: 'Mara left.', spans: [span], triples: [triple] }],
}
const failed: ExtractedDocument = { ...document, sentences: [], failure: 'It is empty.' }

it('hold for a document that was extracted, and for one that could not be read', () => {
  const validate = schemaOf('extraction-line')
  for (const each of [document, failed]) {
    validate(each)
    expect(validate.errors).toBeNull()
  }
  expect(validate({ ...document, runId: 5 })).toBe(false)
})

it('hold for the lines of the filter, with what was found and with what went wrong', () => {
  const validate = schemaOf('filter-line', 'extraction-line')
  const asked = { id: 12, fields: { text: 'Mara left.', page: 3 }, doc: null, failure: null }
  for (const each of [document, failed]) {
    validate(JSON.parse([...jsonOf({ asked, document: each })].join('')))
    expect(validate.errors).toBeNull()
  }
  expect(validate({ id: 1, text: 'Mara left.' })).toBe(false)
})
