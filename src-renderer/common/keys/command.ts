/** Command: what a key of the editor asks for. */
import type { ScenePoint } from './scene-point.ts'

export type Command =
  | { readonly name: 'move'; readonly by: number; readonly isExtending: boolean }
  | { readonly name: 'edge' | 'clause'; readonly by: 1 | -1; readonly isExtending: boolean }
  | { readonly name: 'row' | 'stop' | 'suggestion' | 'sentence' | 'difference'; readonly by: 1 | -1 }
  | { readonly name: 'label' | 'explain-retype'; readonly label: string }
  | { readonly name: 'tag'; readonly prefix: 'B' | 'I' | 'E' | 'S' | 'O' }
  | { readonly name: 'bounds' | 'char-bounds'; readonly side: 'start' | 'end'; readonly by: 1 | -1 }
  | { readonly name: 'retarget'; readonly end: 'subject' | 'object' }
  | { readonly name: 'hint'; readonly letter: string }
  /** Decides a difference for one of the versions of the sentence, counted from 0. */
  | { readonly name: 'version'; readonly number: number }
  /** The list of types opens at `at` in the scene, or under the words without it. */
  | { readonly name: 'pick'; readonly at?: ScenePoint }
  | { readonly name: PlainCommand }

export type PlainCommand =
  | 'confirm'
  | 'cancel'
  | 'cycle'
  | 'stack'
  | 'propagate'
  | 'example'
  | 'relation'
  | 'reverse'
  | 'delete'
  | 'accept'
  | 'reject'
  | 'unsure'
  | 'accept-all'
  | 'all-arcs'
  | 'layer'
  | 'take-difference'
  | 'take-layer'
  | 'undo'
  | 'redo'
  | 'done'
  | 'flag'
  | 'note'
  | 'flag-item'
  | 'note-item'
  | 'help'
  | 'split-word'
  | 'join-words'
  | 'split-sentence'
  | 'join-sentences'
  | 'results'
