/** What each command does to the open sentence. */
import type { Ref } from 'vue'
import type { Edit } from '#main/document/edit'
import type { Command } from '#window/common/keys/command.ts'
import type { useStack } from '#window/features/annotate/input/stack.ts'
import * as selecting from '#window/features/annotate/input/selection.ts'
import { editFor, type Desk } from './acts.ts'
import type { AdjudicationWork } from './adjudication.ts'
import type { useExamples } from './example.ts'
import type { Finishing } from './finishing.ts'
import type { useLayers } from './layers.ts'
import type { useMoves } from './moves.ts'
import type { usePicker } from './picker.ts'
import type { Propagating } from './propagation.ts'
import type { Segmenting } from './segmenting.ts'

interface Parts {
  readonly desk: Readonly<Ref<Desk>>
  readonly selection: Ref<selecting.Selection>
  readonly noteWishes: Ref<NoteWishes>
  readonly isHelpOpen: Ref<boolean>
  readonly isAcceptAllOpen: Ref<boolean>
  readonly wantsAllArcs: Ref<boolean>
  readonly ways: EditorWays
  readonly moving: ReturnType<typeof useMoves>
  readonly picking: ReturnType<typeof usePicker>
  readonly stacking: ReturnType<typeof useStack>
  readonly layers: ReturnType<typeof useLayers>
  readonly adjudicating: AdjudicationWork
  readonly examples: ReturnType<typeof useExamples>
  readonly propagating: Propagating
  readonly finishing: Finishing
  readonly segmenting: Segmenting
  act(edit: Edit, isAnswer?: boolean): boolean
  say(sentence: string): void
  /** Takes the latest act back, or does it again, and opens its sentence. */
  goBack(way: 'undo' | 'redo'): Promise<void>
}

/** Destination of the editor when it leaves its sentence. */
export interface EditorWays {
  readonly goTo: (sentenceId: number) => void
  readonly goBy: (by: 1 | -1) => Promise<void>
  /** To where the sentence was opened, or to the results that it was taken out of. */
  readonly goBack: () => void
  /** Was the sentence opened from elsewhere, or taken out of results? */
  readonly canGoBack: () => boolean
}

/** NoteWishes: numbers of wishes to write a note, at each of which its field takes the focus. */
export interface NoteWishes {
  readonly sentence: number
  readonly item: number
}

/** Makes what does a command. It answers false when there was nothing to do, so that the key of the command may keep its usual meaning. */
export function createCommands(parts: Parts): (command: Command) => boolean {
  const { desk, selection, noteWishes, isHelpOpen, isAcceptAllOpen, wantsAllArcs, ways, act, say, goBack } = parts
  const { moving, picking, stacking, layers, adjudicating, examples, propagating, finishing, segmenting } = parts

  /** The suggestion stays open for somebody who knows; the sentence is flagged for them. */
  function answerUnsure(): void {
    const edit = editFor({ name: 'unsure' }, desk.value)
    if (!edit) return
    act(edit)
    if (edit.changes.length > 0 || desk.value.annotation.review.isFlagged) moving.toStop(1, true)
  }

  return function run(command) {
    if (command.name !== 'hint') picking.expectNothing()
    switch (command.name) {
      case 'move':
        moving.by(command.by, command.isExtending)
        return true
      case 'edge':
        moving.toEdge(command.by, command.isExtending)
        return true
      case 'clause':
        moving.toClause(command.by, command.isExtending)
        return true
      case 'row':
        if (!moving.byRow(command.by)) void ways.goBy(command.by)
        return true
      case 'stop':
      case 'suggestion':
        moving.toStop(command.by, command.name === 'suggestion')
        return true
      case 'sentence':
        void ways.goBy(command.by)
        return true
      case 'cycle':
        selection.value = selecting.cycleTargets(selection.value, desk.value)
        return true
      case 'stack':
        stacking.openHere()
        return true
      case 'cancel':
        if (picking.cancel()) return true
        if (adjudicating.isHolding.value) adjudicating.letGo()
        else selection.value = selecting.letGo(selection.value)
        return true
      case 'confirm':
        if (picking.drawingFrom.value) picking.drawToCaret()
        else if (adjudicating.isHolding.value) void adjudicating.goOn()
        else if (selection.value.target?.kind === 'suggestion') run({ name: 'accept' })
        else picking.open()
        return true
      case 'pick':
        picking.open(command.at ?? null, true)
        return true
      case 'relation':
        picking.startDrawing()
        return true
      case 'retarget':
        picking.startMoving(command.end)
        return true
      case 'propagate':
        propagating.ask()
        return true
      case 'example':
        void examples.add()
        return true
      case 'unsure':
        answerUnsure()
        return true
      case 'note':
        noteWishes.value = { ...noteWishes.value, sentence: noteWishes.value.sentence + 1 }
        return true
      case 'note-item':
        noteWishes.value = { ...noteWishes.value, item: noteWishes.value.item + 1 }
        return true
      case 'hint':
        picking.drawToHint(command.letter)
        return true
      case 'layer':
        layers.showNext()
        return true
      case 'difference':
        if (adjudicating.isActive()) adjudicating.goBy(command.by)
        else layers.goTo(command.by)
        return true
      case 'version':
        void adjudicating.choose(command.number)
        return true
      case 'take-difference':
        void layers.take()
        return true
      case 'take-layer':
        void layers.takeAll()
        return true
      case 'split-word':
      case 'join-words':
      case 'split-sentence':
      case 'join-sentences':
        segmenting.run(command.name)
        return true
      case 'undo':
      case 'redo':
        void goBack(command.name)
        return true
      case 'done':
        finishing.finish()
        return true
      case 'results':
        if (ways.canGoBack()) ways.goBack()
        else say('This sentence was opened here: there is nothing to go back to')
        return true
      case 'all-arcs':
        wantsAllArcs.value = !wantsAllArcs.value
        say(wantsAllArcs.value ? 'All arcs are drawn' : 'Only as many suggested arcs are drawn as stay legible')
        return true
      case 'help':
        isHelpOpen.value = true
        return true
      case 'accept-all':
        if (desk.value.suggestions.length > 0) isAcceptAllOpen.value = true
        else say('No suggestions in this sentence')
        return true
      default: {
        const edit = editFor(command, desk.value)
        if (edit) act(edit, command.name === 'accept' || command.name === 'reject')
        return edit !== null
      }
    }
  }
}
