/** Renames or merges a label in a whole corpus, its layers included: previewed first, done as one act, undone as one. */
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import { relabelAnnotation } from '#main/document/edit-relabel'
import type { Change } from '#main/document/operation'
import { renameType, typesOf, type LabelKind } from '#main/labels/edit-labels'
import type { LabelSet } from '#main/labels/label-set'
import type { ServiceContext } from '../context.ts'
import type { RelabelRequest } from './relabel-preview.ts'

interface Plan {
  readonly before: LabelSet
  readonly after: LabelSet
  readonly isMerge: boolean
  /** Changes of every sentence that holds the label; one where unanchored triples or layers alone hold it has none. */
  readonly sentences: readonly { readonly sentenceId: number; readonly changes: readonly Change[] }[]
  readonly unanchored: readonly (readonly [sentenceId: number, position: number])[]
}

type Relabelling = Pick<Handlers['labels'], 'previewRelabel' | 'relabel'>

export function createRelabelling({ workspace, reads, emit, now }: ServiceContext): Relabelling {
  const { annotations, labels, settings } = workspace

  function plan({ corpusId, kind, from, to }: RelabelRequest, inLayers: ReadonlySet<number>): Plan {
    const before = labels.get(corpusId)
    const ids = [...new Set([...labels.sentencesWith(corpusId, kind, from), ...inLayers])]
    const held = annotations.annotations(ids)
    return {
      before,
      after: rename(before, kind, from, to),
      isMerge: typesOf(before, kind).some(({ name }) => name === to),
      sentences: ids.flatMap((sentenceId) => {
        const annotation = held.get(sentenceId)
        return annotation ? [{ sentenceId, changes: relabelAnnotation(annotation, kind, from, to) }] : []
      }),
      unanchored: kind === 'relation' ? labels.unanchoredOf(corpusId, from) : [],
    }
  }

  return {
    async previewRelabel(request) {
      rename(labels.get(request.corpusId), request.kind, request.from, request.to) // refuses before anything is read
      return reads.ask('previewRelabel', request)
    },

    async relabel(request) {
      const { corpusId, from, to } = request
      const description = `${from} ${typesOf(labels.get(corpusId), request.kind).some(({ name }) => name === to) ? 'merged into' : 'renamed to'} ${to}`
      const { after, sentences } = workspace.transaction(() => {
        const batch = annotations.nextBatch()
        const { annotator } = settings.get()
        const renaming = { ...request, author: annotator, atMs: now(), description }
        const inLayers = labels.renameInLayers(batch, labels.sentencesOfLayersWith(corpusId, from), renaming)
        const planned = plan(request, inLayers)
        labels.put(corpusId, planned.after)
        labels.renameUnanchored(planned.unanchored, to)
        labels.insertChange(batch, { ...planned, corpusId, from, to })
        for (const { sentenceId, changes } of planned.sentences)
          annotations.apply(sentenceId, annotator, description, changes, now(), { batch })
        return planned
      })
      emit({ type: 'corpora-changed' })
      return { labels: after, sentences: sentences.length }
    },
  }
}

function rename(labels: LabelSet, kind: LabelKind, from: string, to: string): LabelSet {
  try {
    if (from === to) throw new Error(`The type is called ${to} already.`)
    return renameType(labels, kind, from, to)
  } catch (error) {
    throw new AppError('invalid-input', error instanceof Error ? error.message : String(error))
  }
}
