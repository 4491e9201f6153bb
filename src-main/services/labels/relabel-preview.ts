/** What renaming or merging a label would do, counted some sentences at each step. */
import type { RelabelPreview } from '#main/api/labels'
import { relabelAnnotation } from '#main/document/edit-relabel'
import { typesOf, type LabelKind } from '#main/labels/edit-labels'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'

export interface RelabelRequest {
  readonly corpusId: number
  readonly kind: LabelKind
  readonly from: string
  readonly to: string
}

/** Number of example sentences in a preview. */
const exampleCount = 5

/** Number of sentences that one step looks at. */
const sentencesAtOnce = 2000

export function* previewSteps(
  { annotations, labels }: Pick<ReadWorkspace, 'annotations' | 'labels'>,
  { corpusId, kind, from, to }: RelabelRequest,
): Generator<void, RelabelPreview> {
  const ids = labels.sentencesWith(corpusId, kind, from)
  const counts = { span: 0, relation: 0, rejection: 0, review: 0 }
  let collapsed = 0
  yield
  for (let at = 0; at < ids.length; at += sentencesAtOnce) {
    const { items, others } = labels.plain(kind, from, to, ids.slice(at, at + sentencesAtOnce))
    counts[kind === 'entity' ? 'span' : 'relation'] += items
    for (const annotation of annotations.annotations(others).values())
      for (const change of relabelAnnotation(annotation, kind, from, to)) {
        counts[change.kind]++
        if (change.kind !== 'review' && change.after === null) collapsed++
      }
    yield
  }
  const shown = ids.slice(0, exampleCount)
  const texts = annotations.texts(shown)
  return {
    isMerge: typesOf(labels.get(corpusId), kind).some(({ name }) => name === to),
    ...{ spans: counts.span, relations: counts.relation, rejections: counts.rejection, collapsed },
    unanchored: kind === 'relation' ? labels.unanchoredOf(corpusId, from).length : 0,
    sentences: ids.length,
    examples: shown.map((sentenceId) => ({ sentenceId, text: texts.get(sentenceId) ?? '' })),
  }
}
