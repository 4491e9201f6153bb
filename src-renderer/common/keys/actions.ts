/** Actions: everything in the editor that has a key of its own, with its usual keys; people may bind others. */
import type { Command } from './command.ts'

export const actionGroups = ['Spans', 'Relations', 'Suggestions', 'Layers', 'Sentence', 'Words and sentences'] as const

export interface Action {
  readonly name: string
  readonly group: (typeof actionGroups)[number]
  readonly title: string
  /** The usual keys, written as `keyName` writes them. */
  readonly keys: readonly string[]
  readonly command: Command
  /** The kind of thing that must be chosen for the action; such actions come before others of the same key. */
  readonly on?: 'span' | 'relation' | 'suggestion'
}

export const actions: readonly Action[] = [
  {
    name: 'pick',
    group: 'Spans',
    title: 'Choose, change or make a type in a list',
    keys: ['/'],
    command: { name: 'pick' },
  },
  {
    ...{ name: 'grow-start', group: 'Spans', title: 'Extend the span at its start', keys: ['['] },
    command: { name: 'bounds', side: 'start', by: -1 },
  },
  {
    ...{ name: 'shrink-start', group: 'Spans', title: 'Shrink it at its start', keys: ['{'] },
    command: { name: 'bounds', side: 'start', by: 1 },
  },
  {
    ...{ name: 'grow-end', group: 'Spans', title: 'Extend the span at its end', keys: [']'] },
    command: { name: 'bounds', side: 'end', by: 1 },
  },
  {
    ...{ name: 'shrink-end', group: 'Spans', title: 'Shrink it at its end', keys: ['}'] },
    command: { name: 'bounds', side: 'end', by: -1 },
  },
  {
    ...{
      name: 'grow-end-char',
      group: 'Spans',
      title: 'Move its end one character forward',
      keys: ['Alt+Shift+ArrowRight'],
    },
    command: { name: 'char-bounds', side: 'end', by: 1 },
  },
  {
    ...{
      name: 'shrink-end-char',
      group: 'Spans',
      title: 'Move its end one character back',
      keys: ['Alt+Shift+ArrowLeft'],
    },
    command: { name: 'char-bounds', side: 'end', by: -1 },
  },
  {
    ...{
      name: 'shrink-start-char',
      group: 'Spans',
      title: 'Move its start one character forward',
      keys: ['Alt+ArrowRight'],
    },
    command: { name: 'char-bounds', side: 'start', by: 1 },
  },
  {
    ...{
      name: 'grow-start-char',
      group: 'Spans',
      title: 'Move its start one character back',
      keys: ['Alt+ArrowLeft'],
    },
    command: { name: 'char-bounds', side: 'start', by: -1 },
  },
  { name: 'cycle', group: 'Spans', title: 'Next of overlapping spans', keys: ['`'], command: { name: 'cycle' } },
  { name: 'stack', group: 'Spans', title: 'List of overlapping spans', keys: ['~'], command: { name: 'stack' } },
  { name: 'propagate', group: 'Spans', title: 'Same string elsewhere', keys: ['p'], command: { name: 'propagate' } },
  {
    ...{ name: 'flag-span', group: 'Spans', title: 'Flag it, or take the flag back', keys: ['f'], on: 'span' },
    command: { name: 'flag-item' },
  },
  {
    ...{ name: 'note-span', group: 'Spans', title: 'Write a note on it', keys: ['w'], on: 'span' },
    command: { name: 'note-item' },
  },
  {
    ...{ name: 'example', group: 'Spans', title: 'Make it, or the relation, an example of its type', keys: ['e'] },
    command: { name: 'example' },
  },
  {
    name: 'relation',
    group: 'Relations',
    title: 'Draw from the span, or from the subject',
    keys: ['r'],
    command: { name: 'relation' },
  },
  {
    ...{ name: 'retarget-object', group: 'Relations', title: 'Move its object', keys: ['t'], on: 'relation' },
    command: { name: 'retarget', end: 'object' },
  },
  {
    ...{ name: 'retarget-subject', group: 'Relations', title: 'Move its subject', keys: ['T'], on: 'relation' },
    command: { name: 'retarget', end: 'subject' },
  },
  {
    ...{ name: 'reverse', group: 'Relations', title: 'Reverse it', keys: ['x'], on: 'relation' },
    command: { name: 'reverse' },
  },
  {
    ...{ name: 'flag-relation', group: 'Relations', title: 'Flag it, or take the flag back', keys: ['f'] },
    ...{ on: 'relation', command: { name: 'flag-item' } },
  },
  {
    ...{ name: 'note-relation', group: 'Relations', title: 'Write a note on it', keys: ['w'], on: 'relation' },
    command: { name: 'note-item' },
  },
  {
    ...{ name: 'all-arcs', group: 'Relations', title: 'Draw all arcs, or as many as stay legible', keys: ['*'] },
    command: { name: 'all-arcs' },
  },
  { name: 'next', group: 'Suggestions', title: 'Next', keys: ['n'], command: { name: 'suggestion', by: 1 } },
  { name: 'previous', group: 'Suggestions', title: 'Previous', keys: ['N'], command: { name: 'suggestion', by: -1 } },
  { name: 'accept', group: 'Suggestions', title: 'Accept', keys: ['a'], command: { name: 'accept' } },
  { name: 'reject', group: 'Suggestions', title: 'Reject', keys: ['x'], command: { name: 'reject' } },
  {
    ...{ name: 'unsure', group: 'Suggestions', title: 'Not sure: flag it and continue', keys: ['?'], on: 'suggestion' },
    command: { name: 'unsure' },
  },
  {
    ...{ name: 'accept-all', group: 'Suggestions', title: 'Accept all above a threshold', keys: ['Ctrl+Enter'] },
    command: { name: 'accept-all' },
  },
  {
    ...{ name: 'layer', group: 'Layers', title: 'Show the next layer; after the last none', keys: ['\\'] },
    command: { name: 'layer' },
  },
  {
    ...{ name: 'next-difference', group: 'Layers', title: 'Next difference', keys: ['.'] },
    command: { name: 'difference', by: 1 },
  },
  {
    ...{ name: 'previous-difference', group: 'Layers', title: 'Previous difference', keys: [','] },
    command: { name: 'difference', by: -1 },
  },
  {
    ...{ name: 'take-difference', group: 'Layers', title: 'Take over the difference', keys: ['='] },
    command: { name: 'take-difference' },
  },
  {
    ...{ name: 'take-layer', group: 'Layers', title: 'Take over the whole layer', keys: ['+'] },
    command: { name: 'take-layer' },
  },
  {
    ...{ name: 'done', group: 'Sentence', title: 'Done and next', keys: ['d', 'Ctrl+ArrowDown'] },
    command: { name: 'done' },
  },
  {
    ...{ name: 'flag', group: 'Sentence', title: 'Flag the sentence, if nothing in it is chosen', keys: ['f'] },
    command: { name: 'flag' },
  },
  {
    ...{
      name: 'note',
      group: 'Sentence',
      title: 'Write a note on the sentence, if nothing in it is chosen',
      keys: ['w'],
    },
    command: { name: 'note' },
  },
  {
    ...{ name: 'undo', group: 'Sentence', title: 'Undo, across sentences and restarts', keys: ['Ctrl+z', 'u'] },
    command: { name: 'undo' },
  },
  {
    ...{ name: 'redo', group: 'Sentence', title: 'Redo', keys: ['Ctrl+Shift+z', 'Ctrl+y'] },
    command: { name: 'redo' },
  },
  {
    ...{
      name: 'results',
      group: 'Sentence',
      title: 'Back to the comparison or the results it was opened from',
      keys: ['Ctrl+b'],
    },
    command: { name: 'results' },
  },
  {
    ...{ name: 'split-word', group: 'Words and sentences', title: 'Split the word', keys: ['C'] },
    command: { name: 'split-word' },
  },
  {
    ...{ name: 'join-words', group: 'Words and sentences', title: 'Join the word with the next', keys: ['G'] },
    command: { name: 'join-words' },
  },
  {
    ...{
      name: 'split-sentence',
      group: 'Words and sentences',
      title: 'Split the sentence before the word',
      keys: ['S'],
    },
    command: { name: 'split-sentence' },
  },
  {
    ...{ name: 'join-sentences', group: 'Words and sentences', title: 'Join the sentence with the next', keys: ['J'] },
    command: { name: 'join-sentences' },
  },
  { name: 'help', group: 'Sentence', title: 'This list', keys: ['F1', '?'], command: { name: 'help' } },
]

/** The keys of one person. */
export interface Keymap {
  /** Keys by name of the action. */
  readonly bindings: Readonly<Record<string, readonly string[]>>
  /** Whether single characters alone are keys; otherwise they need Alt (WCAG 2.1.4). */
  readonly hasLetters: boolean
}

export const usualKeymap: Keymap = {
  bindings: Object.fromEntries(actions.map(({ name, keys }) => [name, keys])),
  hasLetters: true,
}

/** The usual keys, replaced where a person has changed them; names of actions that no longer exist are ignored. */
export function keymapOf(changed: Readonly<Record<string, readonly string[]>>, hasLetters: boolean): Keymap {
  const known = Object.entries(changed).filter(([name]) => name in usualKeymap.bindings)
  return { bindings: { ...usualKeymap.bindings, ...Object.fromEntries(known) }, hasLetters }
}

/** The action that already has a key; null when the key is free. Two actions may share a key when they act on different kinds of things. */
export function holderOf(key: string, name: string, { bindings }: Keymap): Action | null {
  const own = actions.find((action) => action.name === name)
  return (
    actions.find((other) => other.name !== name && other.on === own?.on && bindings[other.name]?.includes(key)) ?? null
  )
}

/** A key as a keyboard names it ("Ctrl+Shift+Z", "D", "↓"), with Alt where single characters are off. */
export function showKey(key: string, { hasLetters }: Pick<Keymap, 'hasLetters'> = usualKeymap): string {
  const parts = key.length === 1 ? [key] : key.split('+')
  const shown = parts.map((part) => glyphs[part] ?? part)
  const last = shown.at(-1) ?? ''
  const name = /^[a-z]$/.test(last) ? last.toUpperCase() : /^[A-Z]$/.test(last) ? `Shift+${last}` : last
  const alone = key.length === 1 && !hasLetters ? ['Alt'] : []
  return [...alone, ...shown.slice(0, -1), name].join('+')
}

const glyphs: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→' }

/** The first key of an action as text to show beside it; empty when the action has no key. */
export function keyOf(name: string, keymap: Keymap): string {
  const [first] = keymap.bindings[name] ?? []
  return first === undefined ? '' : showKey(first, keymap)
}
