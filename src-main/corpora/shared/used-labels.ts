/** The label set that docs use: types in order of first appearance, no signatures. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'

export interface LabelCount {
  add(doc: AnnotatedDoc): void
  labels(): LabelSet
}

export function createLabelCount(): LabelCount {
  const entities = new Set<string>()
  const relationTypes = new Set<string>()
  return {
    add({ annotations }) {
      for (const { spans, relations, unanchored } of annotations) {
        for (const { label } of spans) entities.add(label)
        for (const { type } of relations) relationTypes.add(type)
        for (const { type } of unanchored) relationTypes.add(type)
      }
    },
    labels: () => ({
      entityTypes: Array.from(entities, (name) => ({ name })),
      relationTypes: Array.from(relationTypes, (name) => ({ name })),
      signatures: [],
    }),
  }
}
