/** Taking back an act on many sentences, or doing it again, some sentences at each step: first looked at, then done. */
import { AppError } from '#main/core/errors'
import { invertChanges, type LoggedChange, type Operation } from '#main/document/operation'
import type { AnnotationRepository } from './annotation-repository.ts'
import { advanceBatch, progressOf, type BatchAct } from './batch-acts.ts'
import { changed } from './change-checks.ts'
import type { Database } from './database.ts'
import { exchangeTriples, readLabelChange } from './label-changes.ts'
import { exchangeLayers } from './layer-labels.ts'
import { countBatch, readBatch } from './operation-rows.ts'

/** Number of sentences that one step changes. */
const replayedAtOnce = 10

/** Number of sentences that one step looks at. */
const checkedAtOnce = 200

const changesOf = ({ changes }: Operation, isUndo: boolean): readonly LoggedChange[] =>
  isUndo ? invertChanges(changes) : changes

/** Looks, some sentences at each step, whether all of a batch can be replayed. @throws AppError 'conflict' that names a sentence which has changed since. */
export function* checkReplay(
  database: Database,
  annotations: Pick<AnnotationRepository, 'annotations'>,
  batch: number,
  isUndo: boolean,
): Generator<void, void> {
  const total = countBatch(database, batch)
  for (const parts of partsOf(database, batch, 0, checkedAtOnce)) {
    const held = annotations.annotations(parts.map(({ sentenceId }) => sentenceId))
    for (const part of parts) {
      const annotation = held.get(part.sentenceId)
      if (annotation) namingSentence(part, total, () => changed(annotation, changesOf(part, isUndo)))
    }
    yield
  }
}

/** Does what is left of an act; each step notes how far it is. */
export function* replaySteps(
  database: Database,
  annotations: Pick<AnnotationRepository, 'apply'>,
  act: BatchAct,
): Generator<void, void> {
  const { batch, author, atMs, work } = act
  if (!('replays' in work)) return
  const { replays, isUndo } = work
  const change = readLabelChange(database, replays)
  const verb = isUndo ? 'Undo' : 'Redo'
  for (const parts of partsOf(database, replays, progressOf(database, batch).reached, replayedAtOnce)) {
    const ids = parts.map(({ sentenceId }) => sentenceId)
    if (change) {
      exchangeTriples(database, replays, ids, isUndo ? change.from : change.to)
      exchangeLayers(database, replays, ids)
    }
    for (const part of parts) {
      const place = { undoes: part.operationId, batch }
      annotations.apply(part.sentenceId, author, `${verb}: ${part.description}`, changesOf(part, isUndo), atMs, place)
    }
    advanceBatch(database, batch, parts.at(-1)?.operationId ?? 0, parts.length)
    yield
  }
}

function* partsOf(database: Database, batch: number, after: number, atOnce: number): Generator<Operation[], void> {
  for (let last = after; ;) {
    const parts = readBatch(database, batch, last, atOnce)
    const end = parts.at(-1)
    if (!end) return
    last = end.operationId
    yield parts
  }
}

/** A conflict names the sentence that stands in the way of an act on many: the person may have another one open. */
function namingSentence({ sentenceId }: Operation, sentences: number, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (sentences === 1 || !(error instanceof AppError) || error.code !== 'conflict') throw error
    throw new AppError(
      'conflict',
      `Sentence ${sentenceId} has changed since that act on ${sentences} sentences, so it is left as it is everywhere. Open #/annotate/${sentenceId} and change what is wrong there by hand.`,
    )
  }
}
