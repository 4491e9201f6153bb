/** Renames or merges a label in a whole corpus, its layers included: previewed first, done as one act, undone as one. */
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import { renameType, typesOf, type LabelKind } from '#main/labels/edit-labels'
import type { LabelSet } from '#main/labels/label-set'
import type { Batches } from '../annotations/batches.ts'
import type { ServiceContext } from '../context.ts'

type Relabelling = Pick<Handlers['labels'], 'previewRelabel' | 'relabel'>

export function createRelabelling({ workspace: { labels }, reads }: ServiceContext, batches: Batches): Relabelling {
  return {
    async previewRelabel(request) {
      rename(labels.get(request.corpusId), request.kind, request.from, request.to) // refuses before anything is read
      return reads.ask('previewRelabel', request)
    },

    async relabel({ corpusId, kind, from, to }) {
      const sentences = await batches.rename(corpusId, kind, () => {
        const before = labels.get(corpusId)
        const isMerge = typesOf(before, kind).some(({ name }) => name === to)
        const description = `${from} ${isMerge ? 'merged into' : 'renamed to'} ${to}`
        return { before, after: rename(before, kind, from, to), from, to, description }
      })
      return { labels: labels.get(corpusId), sentences }
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
