/** Preview of renaming or merging a label: told by counts, but for the sentences in which items may become equal. */
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
  const uses = labels.uses(corpusId, kind, from)
  const colliding = yield* labels.collisions(corpusId, kind, from, to)
  const counts = { span: 0, relation: 0, rejection: 0, review: 0 }
  counts[kind === 'entity' ? 'span' : 'relation'] = uses.items
  let collapsed = 0
  const refusing = new Set<number>()
  for (let at = 0; at < colliding.length; at += sentencesAtOnce) {
    const ids = colliding.slice(at, at + sentencesAtOnce)
    counts[kind === 'entity' ? 'span' : 'relation'] -= labels.itemsIn(kind, from, ids)
    const holders = labels.holdersAmong(kind, from, ids)
    for (const [sentenceId, annotation] of annotations.annotations(ids)) {
      const changes = relabelAnnotation(annotation, kind, from, to)
      if (changes.length > 0 && !holders.has(sentenceId)) refusing.add(sentenceId)
      for (const change of changes) {
        counts[change.kind]++
        if (change.kind !== 'review' && change.after === null) collapsed++
      }
    }
    yield
  }
  const layered = labels.sentencesOfLayersWith(corpusId, from)
  const inLayersAlone: number[] = []
  let inLayers = 0
  yield
  for (let at = 0; at < layered.length; at += sentencesAtOnce) {
    const found = labels.countInLayers(layered.slice(at, at + sentencesAtOnce), { kind, from, to })
    const holders = labels.holdersAmong(kind, from, [...found.keys()])
    for (const [sentenceId, items] of found) {
      inLayers += items
      if (!holders.has(sentenceId) && !refusing.has(sentenceId)) inLayersAlone.push(sentenceId)
    }
    yield
  }
  const shown = [...labels.firstWith(corpusId, kind, from, exampleCount), ...inLayersAlone].slice(0, exampleCount)
  const texts = annotations.texts(shown)
  return {
    isMerge: typesOf(labels.get(corpusId), kind).some(({ name }) => name === to),
    ...{ spans: counts.span, relations: counts.relation, rejections: counts.rejection, collapsed },
    unanchored: uses.unanchored,
    inLayers,
    sentences: uses.sentences + refusing.size + inLayersAlone.length,
    examples: shown.map((sentenceId) => ({ sentenceId, text: texts.get(sentenceId) ?? '' })),
  }
}
