/** Groups of inputs to documents, in their order; what has the same words as another is predicted once. */
import { createHash } from 'node:crypto'
import type { Doc } from '#main/document/doc'
import type { ExtractedDocument } from '#main/document/extracted-document'
import type { DigestedDocument, ExtractionRepository } from '#main/storage/extraction-repository'
import type { InputGroup } from './extraction-inputs.ts'
import type { ReadDocsOptions } from './read-docs.ts'

export interface GroupReader {
  /** Groups may be read at the same time: each finds what the others that were begun before it have. */
  readGroup(extractionId: number, group: InputGroup, told: GroupTold): Promise<DigestedDocument[]>
  /** Lets go of documents that are stored now. */
  forget(documents: readonly DigestedDocument[]): void
}

/** GroupTold: listeners that are called while a group is read. */
export type GroupTold = Required<Pick<ReadDocsOptions, 'onRead'>> & { readonly progress: (done: number) => void }

type Documents = (docs: readonly Doc[], told: GroupTold) => Promise<ExtractedDocument[]>

/** @param documentsOf documents in the order of the docs. */
export function createGroupReader(
  extractions: Pick<ExtractionRepository, 'findEqual'>,
  runId: string,
  documentsOf: Documents,
): GroupReader {
  /** Documents that are not stored yet, by the digest of their words. */
  const coming = new Map<string, Promise<ExtractedDocument | undefined>>()

  return {
    async readGroup(extractionId, { inputs }, told) {
      const unread: Doc[] = []
      const read = Promise.withResolvers<readonly ExtractedDocument[]>()

      function find(doc: Doc, digest: string): Promise<ExtractedDocument | undefined> {
        const begun = coming.get(digest)
        if (begun) return begun
        const equal = extractions.findEqual(extractionId, Buffer.from(digest, 'latin1'))
        if (equal) return Promise.resolve(equal)
        const at = unread.push(doc) - 1
        const document = read.promise.then((documents) => documents[at])
        document.catch(() => undefined) // whoever awaits it gets the error
        coming.set(digest, document)
        return document
      }

      const found = inputs.map(({ doc }) => {
        const digest = doc && digestOf(doc)
        return doc && digest !== null ? { digest, document: find(doc, digest) } : null
      })
      documentsOf(unread, told).then(read.resolve, read.reject)
      const documents: DigestedDocument[] = []
      for (const [index, { name, failure }] of inputs.entries()) {
        const own = found[index]
        const document = own ? await own.document : { document: name, runId, sentences: [], failure }
        const digest = own ? Buffer.from(own.digest, 'latin1') : null
        if (document) documents.push({ document: { ...document, document: name }, digest })
      }
      return documents
    },
    forget(documents) {
      for (const { digest } of documents) if (digest) coming.delete(Buffer.from(digest).toString('latin1'))
    },
  }
}

/** Sixteen bytes, as Latin-1, of the text of a doc, its words with their parts of speech, and its sentences. */
function digestOf({ text, tokens, sentences }: Doc): string {
  const hash = createHash('sha256').update(text).update('\0')
  for (const { start, end, pos = '' } of tokens) hash.update(`${start} ${end} ${pos}\n`)
  for (const { start, end } of sentences) hash.update(`${start} ${end}\n`)
  return hash.digest().toString('latin1', 0, 16)
}
