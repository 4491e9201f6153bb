/** The keyboard of the editor: finds the command of a key at the place where it is pressed. */
import type { LabelSet } from '#main/labels/label-set'
import { actions, usualKeymap, type Keymap } from './actions.ts'
import type { Command } from './command.ts'
import { chordName, chordsOf, keyNames, type Chord, type KeyPress } from './press.ts'

/** The state of the editor that decides between two meanings of one key. */
export interface KeyPlace {
  readonly row: 'words' | 'tags'
  readonly target: 'span' | 'relation' | 'suggestion' | null
  /**
   * What the relation that was begun with R waits for: the letter of its other end, or the digit of its type. A refused R
   * waits too, so that the letter and the digit of a relation that is not drawn do nothing else.
   */
  readonly awaits: 'end' | 'type' | null
  /** Whether the text runs from right to left: the left arrow then moves forward and the right one back. */
  readonly isRightToLeft: boolean
  readonly labels: LabelSet
  readonly keymap: Keymap
  /** Number of versions that digits choose from, while a difference is being decided; none at other times. */
  readonly versions?: number
}

/** Letters of the tags. No label takes one as its key: the same key would set a tag one row below. */
const tagLetters = [...'bieso']

/** The key of each entity type: its own, or else 1 to 9 and then the letters that have no other meaning. */
export function entityKeys({ entityTypes }: Pick<LabelSet, 'entityTypes'>, keymap = usualKeymap): Map<string, string> {
  return handOut(entityTypes, [...'123456789cghjklmqvwyzabdefinoprstux'], keymap)
}

/** The key of each relation type: its own, or else 1 to 9. Letters are not given out, since they filter the list in which these keys work. */
export function relationKeys(
  { relationTypes }: Pick<LabelSet, 'relationTypes'>,
  keymap = usualKeymap,
): Map<string, string> {
  return handOut(relationTypes, [...'123456789'], keymap)
}

function handOut(
  types: readonly { readonly name: string; readonly key?: string }[],
  pool: readonly string[],
  { bindings }: Keymap,
): Map<string, string> {
  const taken = new Set([...tagLetters, ...Object.values(bindings).flat()])
  const own = types.map(({ key }) => key).filter((key) => key !== undefined && !taken.has(key))
  const free = pool.filter((key) => !own.includes(key) && !taken.has(key))
  const keys = new Map<string, string>()
  for (const { name, key } of types) {
    const chosen = key && !taken.has(key) ? key : free.shift()
    if (chosen) keys.set(name, chosen)
  }
  return keys
}

/** Keys that cannot be changed: those that move, and those that every list and grid has. */
const fixed: Readonly<Record<string, Command>> = {
  ArrowLeft: { name: 'move', by: -1, isExtending: false },
  ArrowRight: { name: 'move', by: 1, isExtending: false },
  ArrowUp: { name: 'row', by: -1 },
  ArrowDown: { name: 'row', by: 1 },
  Home: { name: 'edge', by: -1, isExtending: false },
  End: { name: 'edge', by: 1, isExtending: false },
  PageUp: { name: 'sentence', by: -1 },
  PageDown: { name: 'sentence', by: 1 },
  Enter: { name: 'confirm' },
  Escape: { name: 'cancel' },
  Tab: { name: 'stop', by: 1 },
  Delete: { name: 'delete' },
  'Shift+Tab': { name: 'stop', by: -1 },
  'Shift+ArrowLeft': { name: 'move', by: -1, isExtending: true },
  'Shift+ArrowRight': { name: 'move', by: 1, isExtending: true },
  'Shift+Home': { name: 'edge', by: -1, isExtending: true },
  'Shift+End': { name: 'edge', by: 1, isExtending: true },
  'Ctrl+ArrowLeft': { name: 'clause', by: -1, isExtending: false },
  'Ctrl+ArrowRight': { name: 'clause', by: 1, isExtending: false },
  'Ctrl+Shift+ArrowLeft': { name: 'clause', by: -1, isExtending: true },
  'Ctrl+Shift+ArrowRight': { name: 'clause', by: 1, isExtending: true },
}

/** The keys that open the context menu on every system. */
const menuKeys = ['ContextMenu', 'Shift+F10']
export const isMenuKey = (press: KeyPress): boolean => keyNames(press).some((name) => menuKeys.includes(name))

/** Whether a key cannot be given to an action, because it moves, removes or answers here as everywhere. */
export const isFixedKey = (key: string): boolean =>
  key in fixed || key === 'Backspace' || key === 'F6' || menuKeys.includes(key)

/** Whether a button, a list or a menu uses the key itself while it has the focus. */
function isKeyOfControls(press: KeyPress): boolean {
  const isPage = press.key === 'PageUp' || press.key === 'PageDown'
  return !isPage && keyNames(press).some(isFixedKey)
}

/** The command of a press while a control other than a field has the focus: that of an action or a type. */
export function globalCommand(press: KeyPress, place: KeyPlace): Command | null {
  return isKeyOfControls(press) ? null : commandFor(press, place)
}

/** The command of a press in the words; null where the key has no meaning there. */
export function commandFor(press: KeyPress, place: KeyPlace): Command | null {
  const chords = chordsOf(press)
  const awaited = awaitedCommand(chords, place.awaits)
  if (awaited) return awaited
  for (const chord of chords) {
    const command = commandOf(chord, place)
    if (command) return command
  }
  return null
}

/** The command of a press while a relation is drawn: no character means anything else then, and nothing is removed. */
function awaitedCommand(chords: readonly Chord[], awaits: KeyPlace['awaits']): Command | null {
  const keys = chords.filter(({ hasControl, hasAlt }) => !hasControl && !hasAlt).map(({ key }) => key.toLowerCase())
  const letter = keys.find((key) => /^[a-z]$/.test(key)) ?? keys.find((key) => [...key].length === 1)
  if (awaits === 'end' && letter !== undefined) return { name: 'hint', letter }
  if (awaits === 'end' && keys.some((key) => key === 'delete' || key === 'backspace')) return { name: 'cancel' }
  const digit = keys.find((key) => /^[0-9]$/.test(key))
  return awaits === 'type' && digit !== undefined ? { name: 'hint', letter: digit } : null
}

function commandOf(chord: Chord, place: KeyPlace): Command | null {
  const { key, hasControl, hasAlt } = chord
  const { keymap } = place
  const name = place.isRightToLeft ? mirrored(chordName(chord)) : chordName(chord)
  const always = fixed[name]
  if (always) return always
  if (name === 'Backspace') return { name: place.target === 'suggestion' ? 'reject' : 'delete' }
  // without letter keys, single characters need Alt
  const isCharacter = key.length === 1 && !hasControl
  if (isCharacter && !keymap.hasLetters && !hasAlt) return null
  return boundCommand(isCharacter && !keymap.hasLetters ? key : name, place)
}

function boundCommand(key: string, { row, target, labels, keymap, versions = 0 }: KeyPlace): Command | null {
  if (versions > 0 && /^[1-9]$/.test(key)) return { name: 'version', number: Number(key) - 1 }
  if (row === 'tags' && tagLetters.includes(key))
    return { name: 'tag', prefix: key.toUpperCase() as 'B' | 'I' | 'E' | 'S' | 'O' } // `tagLetters` has just these five
  const held = actions.filter((action) => keymap.bindings[action.name]?.includes(key))
  const action = held.find(({ on }) => on === target && on !== undefined) ?? held.find(({ on }) => on === undefined)
  if (action) return action.command
  const isRelation = target === 'relation'
  const keys = isRelation ? relationKeys(labels, keymap) : entityKeys(labels, keymap)
  // a digit that is meant for the next relation must not change the chosen one, whose type changes only in the list of types
  for (const [label, own] of keys) if (own === key) return { name: isRelation ? 'explain-retype' : 'label', label }
  return null
}

function mirrored(name: string): string {
  if (name.endsWith('ArrowLeft')) return name.replace('ArrowLeft', 'ArrowRight')
  return name.replace('ArrowRight', 'ArrowLeft')
}

/** Hint letters in the order in which words get them: the easiest keys first. */
export const hintLetters = [...'fjdkslaghrueiwoqpvncmxzbty']
