/** The description of the interface, as OpenAPI 3.1. */
import type { Json } from '#main/core/json'
import { largestBody, mostDocuments } from './limits.ts'

type Schema = { readonly [key: string]: Json }

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const list = (items: Schema): Schema => ({ type: 'array', items })
const record = (properties: Schema, required: readonly string[], more: Schema = {}): Schema => ({
  ...{ type: 'object', properties, required },
  ...more,
})
const offset: Schema = { type: 'integer', minimum: 0 }
const probability: Schema = { type: 'number', minimum: 0, maximum: 1 }
const text: Schema = { type: 'string' }
const id: Schema = { description: 'That of the document asked for, or its place in the list.' }

const schemas: Schema = {
  Request: record(
    {
      documents: {
        ...list(record({ id: {}, text }, ['text'], { description: 'Further fields come back as they are.' })),
        maxItems: mostDocuments,
      },
      language: {
        ...text,
        description: 'Code of the language of the texts, such as "en"; that of the training when left out.',
      },
    },
    ['documents'],
  ),
  Response: record(
    { model: record({ name: text, runId: text }, ['name', 'runId']), documents: list(ref('Document')) },
    ['model', 'documents'],
  ),
  Document: record(
    {
      id,
      sentences: list(ref('Sentence')),
      notes: list(text),
      error: { ...text, description: 'Why there are no sentences.' },
    },
    ['id'],
    { anyOf: [{ required: ['sentences'] }, { required: ['error'] }] },
  ),
  Sentence: record(
    { start: offset, end: offset, text, spans: list(ref('Span')), triples: list(ref('Triple')) },
    ['start', 'end', 'text', 'spans', 'triples'],
    { description: 'Offsets count Unicode code points of the text of the document; the end is exclusive.' },
  ),
  Span: record({ text, start: offset, end: offset, type: text, probability }, [
    'text',
    'start',
    'end',
    'type',
    'probability',
  ]),
  Triple: record(
    {
      subject: ref('Span'),
      relation: text,
      object: ref('Span'),
      probability,
      calibratedProbability: probability,
      plausibility: text,
    },
    ['subject', 'relation', 'object', 'probability'],
  ),
  Error: record({ error: { ...text, description: 'What is wrong and what to do, in a sentence.' } }, ['error']),
}

const content = (schema: Schema): Schema => ({ 'application/json': { schema } })
const failure = (description: string): Schema => ({ description, content: content(ref('Error')) })

export function openApi(version: string): Schema {
  return {
    openapi: '3.1.0',
    info: { title: 'Espalier: triples from texts', version },
    components: { schemas, securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths: {
      '/v1/extract': {
        post: {
          ...{ operationId: 'extract', summary: 'Find entities and triples in texts.', security: [{ token: [] }] },
          requestBody: { required: true, content: content(ref('Request')) },
          responses: {
            '200': {
              description: 'One answer for each document, in the same order.',
              content: content(ref('Response')),
            },
            '400': failure('The body is not as expected.'),
            '401': failure('The token is missing or wrong.'),
            '413': failure(
              `The body is larger than ${largestBody} bytes, or has more than ${mostDocuments} documents.`,
            ),
            '503': failure('Too much waits; Retry-After says for how many seconds to wait.'),
          },
        },
      },
      '/v1/model': {
        get: {
          ...{ operationId: 'model', summary: 'What the model is.', security: [{ token: [] }] },
          responses: {
            '200': {
              description: 'Name, run and relation types.',
              content: content(
                record({ name: text, runId: text, relations: list(text) }, ['name', 'runId', 'relations']),
              ),
            },
            '401': failure('The token is missing or wrong.'),
          },
        },
      },
      '/healthz': {
        get: {
          operationId: 'health',
          summary: 'Is the server there?',
          responses: { '200': { description: 'It is.' } },
        },
      },
    },
  }
}
