/** What the mouse means: clicks place the caret or answer a drawn relation, drags stretch a range or join two spans. */
import type { useAnnotateEditor } from './annotate-editor.ts'
import { choose, extendTo, placeCaret, targetsAt, type Target } from './annotate-selection.ts'

export function useAnnotateGestures({ selection, desk, picking, run }: ReturnType<typeof useAnnotateEditor>) {
  function place(token: number, row: 'words' | 'tags', isExtending: boolean): void {
    const { value: now } = selection
    const [target] = targetsAt(token, desk.value)
    if (picking.drawingFrom.value && target?.kind === 'span') picking.drawTo(target.spanId)
    else if (isExtending) selection.value = extendTo(now, token, desk.value)
    else if (row === 'words' && now.row === 'words' && token === now.caret) run({ name: 'cycle' })
    else selection.value = { ...placeCaret(now, token, desk.value), row }
  }

  /** A range of words; when the drag is done, its type is asked for. */
  function stretch(from: number, to: number, isDone: boolean): void {
    selection.value = extendTo({ ...selection.value, anchor: from }, to, desk.value)
    if (isDone) run({ name: 'pick' })
  }

  /** From span to span a relation; from a span to bare words a range. */
  function connect(from: number, to: number): void {
    const [subject] = targetsAt(from, desk.value)
    const [object] = targetsAt(to, desk.value)
    if (subject?.kind !== 'span' || object?.kind !== 'span') stretch(from, to, true)
    else if (subject.spanId === object.spanId) chooseTarget(subject)
    else picking.askRelation(subject.spanId, object.spanId)
  }

  function chooseTarget(target: Target): void {
    selection.value = choose(selection.value, target, desk.value)
  }

  return { place, stretch, connect, chooseTarget }
}
