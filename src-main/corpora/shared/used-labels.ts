/** The label set that docs use: types in order of first appearance, no signatures. */
import type { LabelSet } from '#main/labels/label-set'
import type { AnnotatedDoc } from '#main/document/annotated-doc'

export function collectLabels(docs: readonly AnnotatedDoc[]): LabelSet {
  const annotations = docs.flatMap((doc) => doc.annotations)
  const entities = new Set(annotations.flatMap(({ spans }) => spans.map(({ label }) => label)))
  const relations = new Set(
    annotations.flatMap(({ relations, unanchored }) => [...relations, ...unanchored].map(({ type }) => type)),
  )
  return {
    entityTypes: Array.from(entities, (name) => ({ name })),
    relationTypes: Array.from(relations, (name) => ({ name })),
    signatures: [],
  }
}
