/**
 * Key presses: the names under which a press may be bound. A press is named by the character that it types; on a layout
 * without Latin letters also by the character that its key types on a US keyboard, so that shortcuts work there.
 */

/** The part of a keyboard event that names a press; `getModifierState` says whether AltGr is held. */
export interface KeyPress {
  readonly key: string
  /** Position of the key: "KeyR" is where R is on a US keyboard. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  getModifierState?(modifier: string): boolean
}

/** A key with what is held beside it; letters are lower case unless Shift is held, whatever Caps Lock says. */
export interface Chord {
  readonly key: string
  /** Ctrl, or the command key of a Mac. */
  readonly hasControl: boolean
  readonly hasAlt: boolean
  readonly hasShift: boolean
}

/** The readings of a press: the typed character first, then the key of a US keyboard where that may be meant. */
export function chordsOf(press: KeyPress): Chord[] {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press
  // Windows reports AltGr as Ctrl and Alt together; what counts is the character that it types
  const isAltGraph = key.length === 1 && ctrlKey && altKey && hasAltGraph(press)
  const held = { hasControl: (ctrlKey || metaKey) && !isAltGraph, hasAlt: altKey && !isAltGraph, hasShift: shiftKey }
  const typed = { ...held, key: withCase(key, shiftKey) }
  const usual = isTyped(press) ? undefined : usualCharacter(press)
  return usual === undefined || usual === typed.key ? [typed] : [typed, { ...held, key: usual }]
}

/** The name of a chord: "a", "N", "Ctrl+Shift+z", "Shift+ArrowLeft". Shift is named only where the character does not show it. */
export function chordName({ key, hasControl, hasAlt, hasShift }: Chord): string {
  const isNamingShift = hasShift && (key.length > 1 || (hasControl && isCased(key)))
  const held = [hasControl && 'Ctrl', hasAlt && 'Alt', isNamingShift && 'Shift'].filter((name) => name !== false)
  return [...held, hasControl && isCased(key) ? key.toLowerCase() : key].join('+')
}

/** The names of a press, the typed character first. */
export function keyNames(press: KeyPress): string[] {
  return chordsOf(press).map(chordName)
}

/** The name under which a press is stored: that of the US key on layouts without Latin letters. */
export function keyName(press: KeyPress): string {
  return keyNames(press).at(-1) ?? press.key
}

function isCased(key: string): boolean {
  return key.length === 1 && key.toLowerCase() !== key.toUpperCase()
}

function withCase(key: string, hasShift: boolean): string {
  if (!isCased(key)) return key
  const wanted = hasShift ? key.toUpperCase() : key.toLowerCase()
  return wanted.length === 1 ? wanted : key
}

/** Whether the typed character itself is meant. It is on Latin layouts, except for signs on the keys of digits. */
function isTyped(press: KeyPress): boolean {
  const { key, code, altKey, shiftKey } = press
  if (key === 'Dead') return false
  if (key.length > 1 || hasAltGraph(press)) return true
  if (code.startsWith('Digit') && !shiftKey) return /\d/.test(key)
  return key <= '~' || (!altKey && /\p{Script=Latin}/u.test(key))
}

function hasAltGraph(press: KeyPress): boolean {
  return press.getModifierState?.('AltGraph') ?? false // a native method, which fails unless it is called on the event
}

/** The character that the key types on a US keyboard. */
function usualCharacter({ code, shiftKey }: KeyPress): string | undefined {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase()
  return usualSigns[code]?.[shiftKey ? 1 : 0]
}

/** The signs of the keys of a US keyboard, without and with Shift. */
const usualSigns: Readonly<Record<string, string>> = {
  ...{ Digit1: '1!', Digit2: '2@', Digit3: '3#', Digit4: '4$', Digit5: '5%' },
  ...{ Digit6: '6^', Digit7: '7&', Digit8: '8*', Digit9: '9(', Digit0: '0)' },
  ...{ Backquote: '`~', Minus: '-_', Equal: '=+', BracketLeft: '[{', BracketRight: ']}', Backslash: '\\|' },
  ...{ Semicolon: ';:', Quote: '\'"', Comma: ',<', Period: '.>', Slash: '/?' },
}
