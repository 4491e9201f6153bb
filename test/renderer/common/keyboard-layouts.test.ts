/** Keys on other keyboards: Caps Lock, layouts without Latin letters, digits under Shift, and characters made with AltGr. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keymapOf, usualKeymap } from '#window/common/keys/actions.ts'
import { commandFor, globalCommand, type KeyPlace } from '#window/common/keys/keys.ts'
import { keyName, keyNames, type KeyPress } from '#window/common/keys/press.ts'

const labels = {
  entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }],
  relationTypes: [{ name: 'leads' }],
  signatures: [],
}
const inWords: KeyPlace = {
  ...({ row: 'words', target: null, awaits: null, isRightToLeft: false } as const),
  ...{ labels, keymap: usualKeymap },
}

/** A press as the browser tells it: the key's place, and what the layout types with it. */
function press(code: string, key: string, held: Partial<KeyPress> & { readonly isAltGraph?: boolean } = {}): KeyPress {
  const { isAltGraph = false, ...others } = held
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
  return { code, key, ...none, ...others, getModifierState: (name) => name === 'AltGraph' && isAltGraph }
}
const command = (one: KeyPress, place: Partial<KeyPlace> = {}) => commandFor(one, { ...inWords, ...place })

describe('Caps Lock', () => {
  it('leaves every letter what it is, with Shift and without', () => {
    expect(command(press('KeyR', 'R'))?.name).toBe('relation')
    expect(command(press('KeyT', 'T'), { target: 'relation' })).toEqual({ name: 'retarget', end: 'object' })
    expect(command(press('KeyT', 't', { shiftKey: true }), { target: 'relation' })).toEqual({
      ...{ name: 'retarget', end: 'subject' },
    })
    expect(command(press('KeyB', 'B'), { row: 'tags' })).toEqual({ name: 'tag', prefix: 'B' })
    expect(command(press('KeyD', 'D'), { awaits: 'end' })).toEqual({ name: 'hint', letter: 'd' })
  })

  it('leaves undo and redo what they are', () => {
    expect(command(press('KeyZ', 'Z', { ctrlKey: true }))?.name).toBe('undo')
    expect(command(press('KeyZ', 'z', { ctrlKey: true, shiftKey: true }))?.name).toBe('redo')
  })

  it('never changes the name of a press, whatever is held', () => {
    const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzкяüαש')
    fc.assert(
      fc.property(letter, fc.boolean(), fc.boolean(), fc.boolean(), (typed, shiftKey, ctrlKey, altKey) => {
        const held = { shiftKey, ctrlKey, altKey }
        const names = [typed.toLowerCase(), typed.toUpperCase()].map((key) => keyNames(press('', key, held)))
        expect(names[0]).toEqual(names[1])
      }),
    )
  })
})

describe('a layout without Latin letters', () => {
  it('has its letters where the Latin ones are', () => {
    expect(command(press('KeyR', 'к'))?.name).toBe('relation')
    expect(command(press('KeyT', 'Е', { shiftKey: true }), { target: 'relation' })).toEqual({
      ...{ name: 'retarget', end: 'subject' },
    })
    expect(command(press('KeyZ', 'я', { ctrlKey: true }))?.name).toBe('undo')
    expect(command(press('KeyZ', 'Я', { ctrlKey: true, shiftKey: true }))?.name).toBe('redo')
    expect(command(press('KeyF', 'а'), { awaits: 'end' })).toEqual({ name: 'hint', letter: 'f' })
    expect(command(press('KeyS', 'ы'), { row: 'tags' })).toEqual({ name: 'tag', prefix: 'S' })
    expect(globalCommand(press('KeyD', 'в'), inWords)?.name).toBe('done')
    for (const [code, key] of [
      ['KeyR', 'ρ'],
      ['KeyR', 'ר'],
      ['KeyR', 'ق'],
      ['KeyR', 'ㄱ'],
    ] as const)
      expect(command(press(code, key))?.name).toBe('relation')
  })

  it('has its signs and digits there too', () => {
    expect(command(press('BracketLeft', 'х'))).toEqual({ name: 'bounds', side: 'start', by: -1 })
    expect(command(press('BracketLeft', 'Х', { shiftKey: true }))).toEqual({ name: 'bounds', side: 'start', by: 1 })
    expect(command(press('Backquote', 'ё'))?.name).toBe('cycle')
    expect(command(press('Digit2', '٢'))).toEqual({ name: 'label', label: 'ORG' })
  })

  it('keeps what a person has bound to a letter of its own', () => {
    const keymap = keymapOf({ flag: ['к'] }, true)
    expect(command(press('KeyR', 'к'), { keymap })?.name).toBe('flag')
    expect(command(press('KeyR', 'К'), { keymap })?.name).toBe('flag') // Caps Lock
    expect(command(press('KeyR', 'r'), { keymap })?.name).toBe('relation')
  })

  it('is written down by the place of the key, so that it is the same key on every layout', () => {
    expect(keyName(press('KeyR', 'к'))).toBe('r')
    expect(keyName(press('KeyZ', 'я', { ctrlKey: true }))).toBe('Ctrl+z')
    expect(keyName(press('KeyR', 'r'))).toBe('r')
  })
})

describe('Latin layouts', () => {
  it('mean the letter that is typed, wherever its key stands', () => {
    expect(command(press('KeyY', 'z', { ctrlKey: true }))?.name).toBe('undo') // QWERTZ
    expect(command(press('KeyR', 'p'))?.name).toBe('propagate') // Dvorak
    expect(command(press('BracketLeft', 'ü'))).toBeNull()
    expect(command(press('KeyW', ','))?.name).toBe('difference') // Dvorak
    expect(command(press('KeyS', ';'))).toBeNull()
  })

  it('have digits where AZERTY and Czech type signs', () => {
    expect(command(press('Digit1', '&'))).toEqual({ name: 'label', label: 'PERSON' })
    expect(command(press('Digit2', 'é'))).toEqual({ name: 'label', label: 'ORG' })
    expect(command(press('Digit1', '1', { shiftKey: true }))).toEqual({ name: 'label', label: 'PERSON' })
    expect(command(press('Digit1', '!', { shiftKey: true }))).toBeNull() // QWERTY
  })

  it('have ` on a dead key too', () => {
    expect(command(press('Backquote', 'Dead'))?.name).toBe('cycle')
    expect(command(press('Backquote', 'Dead', { shiftKey: true }))?.name).toBe('stack')
  })
})

describe('AltGr', () => {
  it('types characters, and is no Ctrl+Alt', () => {
    const held = { ctrlKey: true, altKey: true, isAltGraph: true }
    expect(command(press('Digit8', '[', held))).toEqual({ name: 'bounds', side: 'start', by: -1 })
    expect(command(press('KeyQ', '@', held))).toBeNull()
    expect(keyName(press('Digit8', '[', held))).toBe('[')
    expect(keyName(press('KeyR', 'r', { ctrlKey: true, altKey: true }))).toBe('Ctrl+Alt+r')
  })

  it('is none where Option on a Mac types a sign of its own: the key with Alt is meant', () => {
    const keymap = keymapOf({}, false)
    expect(command(press('KeyD', '∂', { altKey: true }), { keymap })?.name).toBe('done')
    expect(command(press('KeyF', 'ƒ', { altKey: true }), { keymap })?.name).toBe('flag')
  })
})
