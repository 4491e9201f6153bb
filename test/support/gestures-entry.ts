/** A process that annotates as fast as it can and says each gesture once it is stored, until it is killed. */
import { writeSync } from 'node:fs'
import { addSpan, deleteSpan, type Edit } from '#main/document/edit'
import { setFlagged } from '#main/document/edit-review'
import { createAnnotations } from '#main/services/annotations/annotations'
import { openWorkspace } from '#main/storage/workspace'
import { recordedContext } from './recorded-context.ts'

const [folder = '', start = '0'] = process.argv.slice(2)
const workspace = openWorkspace(folder)
const annotations = createAnnotations(
  recordedContext(workspace, () => undefined),
  () => Promise.resolve(),
)
const sentenceIds = workspace.annotations.queueRows(1, {}).map(({ sentenceId }) => sentenceId)

for (let gesture = Number(start); ; gesture++) {
  const sentenceId = sentenceIds[gesture % sentenceIds.length] ?? 0
  const { changes } = nextEdit(sentenceId, gesture)
  await annotations.apply({ sentenceId, description: `gesture ${gesture}`, changes: [...changes] })
  writeSync(1, `${gesture}\n`)
  // every seventh is taken back: undo is a gesture too
  if (gesture % 7 === 0) await annotations.undo({ corpusId: 1 })
}

function nextEdit(sentenceId: number, gesture: number): Edit {
  const annotation = workspace.annotations.annotation(sentenceId)
  const words = ['Mara', 'Velt', 'left', 'Tarnow', '.']
  const context = { author: 'Ada', words, newId: () => `span ${gesture}` }
  const [first] = annotation.spans
  if (gesture % 3 === 0) return setFlagged(annotation, !annotation.review.isFlagged)
  if (first && annotation.spans.length > 3) return deleteSpan(annotation, first.id, context)
  const begin = gesture % words.length
  const isTaken = annotation.spans.some(({ start, end }) => start === begin && end === begin + 1)
  if (isTaken) return setFlagged(annotation, !annotation.review.isFlagged)
  return addSpan(annotation, { start: begin, end: begin + 1 }, 'PER', context)
}
