/** The keyboard of the editor: which key, in which place, is which command. */
import type { LabelSet } from '#main/labels/label-set'
import { actions, usualKeymap, type Keymap } from './actions.ts'
import type { Command } from './command.ts'

/** What decides between two meanings of one key. */
export interface KeyPlace {
  readonly row: 'words' | 'tags'
  readonly target: 'span' | 'relation' | 'suggestion' | null
  readonly isDrawing: boolean
  /** Then the left arrow goes on and the right one back. */
  readonly isRightToLeft: boolean
  readonly labels: LabelSet
  readonly keymap: Keymap
}

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** How a press is written down: "a", "N", "Ctrl+Shift+z", "Shift+ArrowLeft". The command key of a Mac counts as Ctrl. */
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const hasControl = ctrlKey || metaKey
  const isCharacter = key.length === 1
  // what a character is with Shift it shows by itself, but for letters under Ctrl
  const isLetter = isCharacter && key.toLowerCase() !== key.toUpperCase()
  const hasShift = shiftKey && (!isCharacter || (hasControl && isLetter))
  const held = [hasControl && 'Ctrl', altKey && 'Alt', hasShift && 'Shift'].filter((name) => name !== false)
  return [...held, hasControl && isLetter ? key.toLowerCase() : key].join('+')
}

/** Letters of tags: a key of a label must not mean something else one row below. */
const tagLetters = [...'bieso']

/** The key of each entity type: its own, else 1 to 9, then letters that mean nothing else. */
export function entityKeys({ entityTypes }: Pick<LabelSet, 'entityTypes'>, keymap = usualKeymap): Map<string, string> {
  return handOut(entityTypes, [...'123456789cghjklmqvwyzabdefinoprstux'], keymap)
}

/** The key of each relation type: its own, else 1 to 9. Letters narrow the list that these keys are for. */
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

/** What never changes: the keys that move, and those that every list and grid knows. */
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

/** The keys that every system has for the menu of what is chosen. */
const menuKeys = ['ContextMenu', 'Shift+F10']
export const isMenuKey = (press: KeyPress): boolean => menuKeys.includes(keyName(press))

/** Keys that a person cannot give to an action. */
export const isFixedKey = (key: string): boolean => key in fixed || key === 'Backspace' || menuKeys.includes(key)

const everywhere = new Set([
  ...['undo', 'redo', 'done', 'flag', 'note', 'help', 'suggestion', 'sentence', 'accept-all'],
  ...['flag-item', 'note-item'],
])

/**
 * The commands about the sentence as a whole, which work wherever the focus is, fields excepted; with a span or relation
 * chosen, flag and note are about it there too.
 */
export function globalCommand(
  press: KeyPress,
  labels: LabelSet,
  keymap = usualKeymap,
  chosen: KeyPlace['target'] = null,
): Command | null {
  const target = chosen === 'suggestion' ? null : chosen
  const place = { row: 'words', target, isDrawing: false, isRightToLeft: false, labels, keymap } as const
  const command = commandFor(press, place)
  return command && everywhere.has(command.name) ? command : null
}

export function commandFor(press: KeyPress, place: KeyPlace): Command | null {
  const { keymap } = place
  const { key } = press
  const isPlain = !press.ctrlKey && !press.metaKey && !press.altKey
  if (isPlain && place.isDrawing && /^[a-z]$/.test(key)) return { name: 'hint', letter: key }
  const name = place.isRightToLeft ? mirrored(keyName(press)) : keyName(press)
  const always = fixed[name]
  if (always) return always
  if (name === 'Backspace') return { name: place.target === 'suggestion' ? 'reject' : 'delete' }
  // single characters are off: then they ask for Alt
  const isCharacter = key.length === 1 && !press.ctrlKey && !press.metaKey
  if (isCharacter && !keymap.hasLetters && !press.altKey) return null
  const wanted = isCharacter && !keymap.hasLetters ? key : name
  return boundCommand(wanted, place)
}

function boundCommand(key: string, { row, target, labels, keymap }: KeyPlace): Command | null {
  if (row === 'tags' && tagLetters.includes(key))
    return { name: 'tag', prefix: key.toUpperCase() as 'B' | 'I' | 'E' | 'S' | 'O' } // one of the five
  const held = actions.filter((action) => keymap.bindings[action.name]?.includes(key))
  const action = held.find(({ on }) => on === target && on !== undefined) ?? held.find(({ on }) => on === undefined)
  if (action) return action.command
  const keys = target === 'relation' ? relationKeys(labels, keymap) : entityKeys(labels, keymap)
  for (const [label, own] of keys) if (own === key) return { name: target === 'relation' ? 'retype' : 'label', label }
  return null
}

function mirrored(name: string): string {
  if (name.endsWith('ArrowLeft')) return name.replace('ArrowLeft', 'ArrowRight')
  return name.replace('ArrowRight', 'ArrowLeft')
}

/** Hint letters, in the order they are handed out: easy keys first. */
export const hintLetters = [...'fjdkslaghrueiwoqpvncmxzbty']
