/** Stored documents with what people said of their triples in check samples. */
import type { ExtractedDocument, Verdict } from '#main/document/extracted-document'
import { placeOf, type TriplePlace } from '#main/storage/sample-repository'

/** @param texts JSON of documents that follow each other from a position on; they stay as they are where nobody judged any triple. */
export function judgedTexts(
  texts: readonly string[],
  position: number,
  verdicts: ReadonlyMap<TriplePlace, Verdict>,
): string[] {
  if (verdicts.size === 0) return [...texts]
  return texts.map((text, at) => {
    const document = JSON.parse(text) as ExtractedDocument // as it was stored
    return JSON.stringify(withVerdicts(document, position + at, verdicts))
  })
}

function withVerdicts(
  document: ExtractedDocument,
  position: number,
  verdicts: ReadonlyMap<TriplePlace, Verdict>,
): ExtractedDocument {
  const sentences = document.sentences.map((sentence) => ({
    ...sentence,
    triples: sentence.triples.map((triple) => {
      const verdict = verdicts.get(placeOf(position, triple))
      return verdict ? { ...triple, verdict } : triple
    }),
  }))
  return { ...document, sentences }
}
