/** A group of inputs to documents, in their order; what has the same words as another is predicted once. */
import { createHash } from 'node:crypto'
import type { Doc } from '#main/document/doc'
import type { ExtractedDocument } from '#main/document/extracted-document'
import type { Run } from '#main/runs/run'
import type { DigestedDocument, ExtractionRepository } from '#main/storage/extraction-repository'
import type { PredictionSession, PredictOptions } from '../runs/prediction-session.ts'
import type { InputGroup } from './extraction-inputs.ts'
import type { ReadDocs } from './read-docs.ts'

export type ReadGroup = (
  run: Run,
  session: PredictionSession,
  extractionId: number,
  group: InputGroup,
  options: PredictOptions,
) => Promise<DigestedDocument[]>

export function createReadGroup(extractions: Pick<ExtractionRepository, 'findEqual'>, readDocs: ReadDocs): ReadGroup {
  return async (run, session, extractionId, { inputs }, options) => {
    const known = new Map<string, ExtractedDocument>()
    const unread = new Map<string, Doc>()
    const digests = inputs.map(({ doc }) => doc && digestOf(doc))
    for (const [index, { doc }] of inputs.entries()) {
      const digest = digests[index]
      if (!doc || !digest || unread.has(digest) || known.has(digest)) continue
      const equal = extractions.findEqual(extractionId, Buffer.from(digest, 'latin1'))
      if (equal) known.set(digest, equal)
      else unread.set(digest, doc)
    }
    const read = await readDocs(run, session, [...unread.values()], options)
    ;[...unread.keys()].forEach((digest, at) => {
      const document = read[at]
      if (document) known.set(digest, document)
    })
    return inputs.flatMap(({ name, failure }, index): DigestedDocument[] => {
      const digest = digests[index]
      if (!digest) return [{ document: { document: name, runId: run.runId, sentences: [], failure }, digest: null }]
      const document = known.get(digest)
      return document ? [{ document: { ...document, document: name }, digest: Buffer.from(digest, 'latin1') }] : []
    })
  }
}

/** Sixteen bytes, as Latin-1, of the text of a doc, its words with their parts of speech, and its sentences. */
function digestOf({ text, tokens, sentences }: Doc): string {
  const hash = createHash('sha256').update(text).update('\0')
  for (const { start, end, pos = '' } of tokens) hash.update(`${start} ${end} ${pos}\n`)
  for (const { start, end } of sentences) hash.update(`${start} ${end}\n`)
  return hash.digest().toString('latin1', 0, 16)
}
