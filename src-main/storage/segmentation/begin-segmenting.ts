/** An operation on words or sentences, looked at and then written whole, within the transaction of its log row. */
import type { Annotation } from '#main/document/annotation'
import type { LoggedChange } from '#main/document/operation'
import { changed, refuseOutside, refuseOverhanging, refusing } from '../change-checks.ts'
import { recountLayers } from '../layer-rows.ts'
import { keepChecked } from '../violating-sentences.ts'
import { isViolatingIn, readOpenSentence, writeSentence } from '../write-sentence.ts'
import type { Database } from '../database.ts'
import { refuseChanged } from './following.ts'
import { refuseOnTheWay } from './place.ts'
import { planOf } from './plan.ts'
import { carryOthers, numberNext, segment } from './segment.ts'

interface Segmenting {
  /** The changes with the number of a sentence that comes into being. */
  readonly changes: readonly LoggedChange[]
  /** The annotation of the sentence afterwards. */
  readonly annotation: Annotation
  /** @param operationId the first-hand act, which is the logged one or the one that it takes back or does again. */
  write(operationId: number): void
}

interface Place {
  readonly sentenceId: number
  readonly corpusId: number
  readonly undoes: number | undefined
  readonly present: (sentenceId: number) => Annotation
}

/**
 * Null for an operation that leaves words and sentences as they are.
 * @throws AppError 'conflict' when the words, the annotation or the next sentence are not what it starts from.
 */
export function beginSegmenting(
  database: Database,
  { sentenceId, corpusId, undoes, present }: Place,
  stated: readonly LoggedChange[],
): Segmenting | null {
  const first = planOf(stated)
  if (!first) return null
  refuseOnTheWay(database, corpusId)
  const changes = numberNext(database, stated)
  const plan = planOf(changes) ?? first
  const annotation = changed(present(sentenceId), changes)
  refusing(() => refuseChanged(database, sentenceId, plan, present))
  refusing(() => refuseOverhanging(annotation, plan.after.length))
  const isUndo = undoes !== undefined && isInEffect(database, undoes)
  return {
    changes,
    annotation,
    write(operationId) {
      const { text } = readOpenSentence(database, sentenceId)
      const act = { sentenceId, plan, operationId, isUndo }
      keepChecked(database, corpusId, () => {
        segment(database, act)
        carryOthers(database, act, text)
        const sentence = readOpenSentence(database, sentenceId)
        refuseOutside(changes, sentence)
        writeSentence(database, sentenceId, sentence, annotation, changes)
        if (plan.border?.isSplit) writeFacts(database, plan.border.next.sentenceId, present)
      })
    },
  }
}

/** Facts of the sentence that was split off, which depend on the label set and on layers. */
function writeFacts(database: Database, sentenceId: number, annotationOf: (sentenceId: number) => Annotation): void {
  const annotation = annotationOf(sentenceId)
  const isViolating = isViolatingIn(readOpenSentence(database, sentenceId), annotation)
  database.run(
    `UPDATE sentence SET is_violating = ?,
       layer_count = (SELECT count(*) FROM layer_annotation AS own WHERE own.sentence_id = sentence.sentence_id)
     WHERE sentence_id = ?`,
    ...[Number(isViolating), sentenceId],
  )
  recountLayers(database, sentenceId, annotation)
}

function isInEffect(database: Database, operationId: number): boolean {
  const row = database.get<{ undone_by: number | null }>(
    'SELECT undone_by FROM operation WHERE operation_id = ?',
    operationId,
  )
  return row?.undone_by === null
}
