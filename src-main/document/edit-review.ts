/** The acts on a sentence as a whole: mark it reviewed, flag it, leave a note. */
import type { Annotation, Review } from './annotation.ts'
import type { Edit } from './edit.ts'

/** Marks a sentence as reviewed. The description says when it holds nothing, since that is a finding too. */
export function setReviewed(annotation: Annotation, isReviewed: boolean): Edit {
  const { spans, relations } = annotation
  const found = spans.length === 0 && relations.length === 0 ? 'Reviewed, nothing to annotate' : 'Reviewed'
  return changeReview(annotation, { isReviewed }, isReviewed ? found : 'Review taken back')
}

export function setFlagged(annotation: Annotation, isFlagged: boolean): Edit {
  return changeReview(annotation, { isFlagged }, isFlagged ? 'Flagged' : 'Flag removed')
}

export function setNote(annotation: Annotation, note: string): Edit {
  return changeReview(annotation, { note }, note === '' ? 'Note removed' : 'Note changed')
}

function changeReview({ review: before }: Annotation, change: Partial<Review>, description: string): Edit {
  const after = { ...before, ...change }
  const isSame =
    after.isReviewed === before.isReviewed && after.isFlagged === before.isFlagged && after.note === before.note
  return { changes: isSame ? [] : [{ kind: 'review', before, after }], description }
}
