/** The annotation of a sentence of which nothing is said. */
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import { emptyAnnotation } from '#main/document/annotation'

export const unmarked: SentenceAnnotation = {
  ...emptyAnnotation,
  unanchored: [],
  ambiguousAnchors: 0,
  repeatedTriples: 0,
  history: [],
}
