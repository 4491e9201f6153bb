/** The keyboard of the editor: which key, in which place, is which command. */
import type { LabelSet } from '#main/labels/label-set'

export type Command =
  | { readonly name: 'move'; readonly by: number; readonly isExtending: boolean }
  | { readonly name: 'edge'; readonly by: 1 | -1; readonly isExtending: boolean }
  | { readonly name: 'row' | 'stop' | 'suggestion' | 'sentence'; readonly by: 1 | -1 }
  | { readonly name: 'label'; readonly label: string }
  | { readonly name: 'tag'; readonly prefix: 'B' | 'I' | 'E' | 'S' | 'O' }
  | { readonly name: 'bounds'; readonly side: 'start' | 'end'; readonly by: 1 | -1 }
  | { readonly name: 'hint'; readonly letter: string }
  | { readonly name: PlainCommand }

export type PlainCommand =
  | 'pick'
  | 'confirm'
  | 'cancel'
  | 'cycle'
  | 'relation'
  | 'reverse'
  | 'delete'
  | 'accept'
  | 'reject'
  | 'accept-all'
  | 'undo'
  | 'redo'
  | 'done'
  | 'flag'
  | 'help'

/** What decides between two meanings of one key. */
export interface KeyPlace {
  readonly row: 'words' | 'tags'
  readonly target: 'span' | 'relation' | 'suggestion' | null
  readonly isDrawing: boolean
  /** Then the left arrow goes on and the right one back. */
  readonly isRightToLeft: boolean
  readonly labels: LabelSet
}

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Letters that mean something by themselves, or soon will (propagate, re-target); the others are free for labels. */
const reserved = new Set('adfnruxbiesopt')

/** The key of each entity type: its own, else 1 to 9, then the free letters. */
export function entityKeys({ entityTypes }: Pick<LabelSet, 'entityTypes'>): Map<string, string> {
  return handOut(entityTypes, '123456789cghjklmqvwyz')
}

/** The key of each relation type: its own, else 1 to 9. Letters narrow the list that these keys are for. */
export function relationKeys({ relationTypes }: Pick<LabelSet, 'relationTypes'>): Map<string, string> {
  return handOut(relationTypes, '123456789')
}

function handOut(
  types: readonly { readonly name: string; readonly key?: string }[],
  pool: string,
): Map<string, string> {
  const own = types.map(({ key }) => key).filter((key) => key !== undefined && !reserved.has(key))
  const free = [...pool].filter((key) => !own.includes(key))
  const keys = new Map<string, string>()
  for (const { name, key } of types) {
    const chosen = key && !reserved.has(key) ? key : free.shift()
    if (chosen) keys.set(name, chosen)
  }
  return keys
}

const always: Record<string, Command> = {
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
  '/': { name: 'pick' },
  '`': { name: 'cycle' },
  '[': { name: 'bounds', side: 'start', by: -1 },
  '{': { name: 'bounds', side: 'start', by: 1 },
  ']': { name: 'bounds', side: 'end', by: 1 },
  '}': { name: 'bounds', side: 'end', by: -1 },
  a: { name: 'accept' },
  d: { name: 'done' },
  f: { name: 'flag' },
  n: { name: 'suggestion', by: 1 },
  N: { name: 'suggestion', by: -1 },
  r: { name: 'relation' },
  u: { name: 'undo' },
  '?': { name: 'help' },
}

const mirror: Record<string, string> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }

const withControl: Record<string, Command> = {
  z: { name: 'undo' },
  Z: { name: 'redo' },
  y: { name: 'redo' },
  Enter: { name: 'accept-all' },
  ArrowDown: { name: 'done' },
}

const withShift: Record<string, Command> = {
  ArrowLeft: { name: 'move', by: -1, isExtending: true },
  ArrowRight: { name: 'move', by: 1, isExtending: true },
  Home: { name: 'edge', by: -1, isExtending: true },
  End: { name: 'edge', by: 1, isExtending: true },
  Tab: { name: 'stop', by: -1 },
}

const everywhere = new Set(['undo', 'redo', 'done', 'flag', 'help', 'suggestion', 'sentence', 'accept-all'])

/** The commands about the sentence as a whole, which work wherever the focus is, fields excepted. */
export function globalCommand(press: KeyPress, labels: LabelSet): Command | null {
  const command = commandFor(press, { row: 'words', target: null, isDrawing: false, isRightToLeft: false, labels })
  return command && everywhere.has(command.name) ? command : null
}

export function commandFor(press: KeyPress, place: KeyPlace): Command | null {
  if (press.altKey) return null
  if (press.ctrlKey || press.metaKey) return controlCommand(press)
  const { key } = press
  if (place.isDrawing && /^[a-z]$/.test(key)) return { name: 'hint', letter: key }
  const mirrored = place.isRightToLeft ? (mirror[key] ?? key) : key
  if (press.shiftKey && withShift[mirrored]) return withShift[mirrored]
  if (place.row === 'tags' && /^[bieso]$/.test(key))
    return { name: 'tag', prefix: key.toUpperCase() as 'B' | 'I' | 'E' | 'S' | 'O' } // one of the five, tested above
  if (key === 'x') return { name: place.target === 'relation' ? 'reverse' : 'reject' }
  if (key === 'Backspace') return { name: place.target === 'suggestion' ? 'reject' : 'delete' }
  if (always[mirrored]) return always[mirrored]
  for (const [label, own] of entityKeys(place.labels)) if (own === key) return { name: 'label', label }
  return null
}

function controlCommand({ key, shiftKey }: KeyPress): Command | null {
  return withControl[shiftKey && key === 'z' ? 'Z' : key] ?? null
}

/** Hint letters, in the order they are handed out: easy keys first. */
export const hintLetters = [...'fjdkslaghrueiwoqpvncmxzbty']
