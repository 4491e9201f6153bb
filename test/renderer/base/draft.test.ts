/** Drafts: saved at the place where they were begun, kept where they cannot be saved, and never over another text. */
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import { describe, expect, it } from 'vitest'
import { flushDrafts, keepBoth, useDraft, type Draft } from '#window/base/draft.ts'
import { memory } from '../../support/memory-storage.ts'

/** Places that keep what is saved there; `isDown` refuses. */
function openPlaces(storage = memory()) {
  const saved = ref<Record<string, string>>({ a: 'old a', b: 'old b' })
  const isDown = ref(false)
  const at = ref('a')
  const placeOf = (id: string) => ({
    id,
    saved: saved.value[id] ?? '',
    save: async (text: string, base: string) => {
      await Promise.resolve()
      if (isDown.value) throw new Error('The connection is lost.')
      saved.value = { ...saved.value, [id]: keepBoth(saved.value[id] ?? '', base, text) }
    },
  })
  const start = (): { draft: Draft; scope: EffectScope } => {
    const scope = effectScope(true)
    const draft = scope.run(() => useDraft(() => placeOf(at.value), String, storage))
    if (!draft) throw new Error('There is no draft')
    return { draft, scope }
  }
  return { saved, isDown, at, storage, start }
}
const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await nextTick()
}

describe('a draft', () => {
  it('is saved at the place where it was begun when another place takes over its field', async () => {
    const { saved, at, start } = openPlaces()
    const { draft, scope } = start()
    draft.text.value = 'new a'
    at.value = 'b'
    expect(draft.text.value).toBe('old b')
    await settle()
    expect(saved.value).toEqual({ a: 'new a', b: 'old b' })
    expect(draft.text.value).toBe('old b')
    scope.stop()
    await settle()
    expect(saved.value).toEqual({ a: 'new a', b: 'old b' })
  })

  it('is saved when its field goes, and when the window goes', async () => {
    const { saved, start } = openPlaces()
    const first = start()
    first.draft.text.value = 'typed'
    first.scope.stop()
    await settle()
    expect(saved.value['a']).toBe('typed')
    const second = start()
    second.draft.text.value = 'typed more'
    flushDrafts()
    await settle()
    expect(saved.value['a']).toBe('typed more')
    second.scope.stop()
  })

  it('is saved once, and leaves nothing behind', async () => {
    const { saved, storage, start } = openPlaces()
    const { draft, scope } = start()
    draft.text.value = 'typed '
    draft.flush()
    draft.flush()
    await settle()
    expect(saved.value['a']).toBe('typed')
    expect(draft.text.value).toBe('typed')
    expect(storage.size()).toBe(0)
    scope.stop()
  })

  it('that cannot be saved stays in its field, says why, and is saved the next time', async () => {
    const { saved, isDown, start } = openPlaces()
    const { draft, scope } = start()
    isDown.value = true
    draft.text.value = 'typed'
    draft.flush()
    await settle()
    expect([draft.text.value, draft.failure.value]).toEqual(['typed', 'Error: The connection is lost.'])
    isDown.value = false
    draft.flush()
    await settle()
    expect([saved.value['a'], draft.failure.value]).toEqual(['typed', null])
    scope.stop()
  })

  it('stays in its field where the save was shown already, taken back, and then refused', async () => {
    const { saved, storage } = openPlaces()
    const place = () => ({
      ...{ id: 'a', saved: saved.value['a'] ?? '' },
      async save(text: string) {
        saved.value = { ...saved.value, a: text } // shown at once
        await Promise.resolve()
        saved.value = { ...saved.value, a: 'old a' } // read anew
        await Promise.resolve()
        throw new Error('The connection is lost.')
      },
    })
    const scope = effectScope(true)
    const draft = scope.run(() => useDraft(place, String, storage))
    if (!draft) throw new Error('There is no draft')
    draft.text.value = 'typed'
    draft.flush()
    await settle()
    expect([draft.text.value, draft.failure.value, storage.size()]).toEqual([
      'typed',
      'Error: The connection is lost.',
      1,
    ])
    scope.stop()
    await settle()
    expect(storage.size()).toBe(1)
  })

  it('that could not be saved is offered again at its place, there alone, after a reload too', async () => {
    const { saved, isDown, at, start } = openPlaces()
    isDown.value = true
    const lost = start()
    lost.draft.text.value = 'typed'
    lost.scope.stop()
    await settle()
    isDown.value = false
    at.value = 'b'
    const elsewhere = start()
    expect([elsewhere.draft.text.value, elsewhere.draft.isRestored.value]).toEqual(['old b', false])
    elsewhere.scope.stop()
    at.value = 'a'
    const { draft, scope } = start()
    expect([draft.text.value, draft.isRestored.value]).toEqual(['typed', true])
    draft.flush()
    await settle()
    expect([saved.value, draft.isRestored.value]).toEqual([{ a: 'typed', b: 'old b' }, false])
    scope.stop()
  })

  it('is not replaced by what another window saves meanwhile: both texts are told, and both are kept', async () => {
    const { saved, start } = openPlaces()
    const { draft, scope } = start()
    draft.text.value = 'mine'
    saved.value = { ...saved.value, a: 'theirs' }
    expect([draft.text.value, draft.rival.value]).toEqual(['mine', 'theirs'])
    draft.flush()
    await settle()
    expect(saved.value['a']).toBe('theirs\nmine')
    expect([draft.text.value, draft.rival.value]).toEqual(['theirs\nmine', null])
    scope.stop()
  })

  it('follows what is saved elsewhere while nothing is typed, and can be given up', async () => {
    const { saved, storage, start } = openPlaces()
    const { draft, scope } = start()
    saved.value = { ...saved.value, a: 'theirs' }
    expect([draft.text.value, draft.rival.value]).toEqual(['theirs', null])
    draft.text.value = 'mine'
    draft.discard()
    expect(draft.text.value).toBe('theirs')
    scope.stop()
    await settle()
    expect([saved.value['a'], storage.size()]).toEqual(['theirs', 0])
  })

  it('goes on while it is typed on during a save', async () => {
    const { saved, start } = openPlaces()
    const { draft, scope } = start()
    draft.text.value = 'one'
    draft.flush()
    draft.text.value = 'one two'
    await settle()
    expect([saved.value['a'], draft.text.value, draft.rival.value]).toEqual(['one', 'one two', null])
    draft.flush()
    await settle()
    expect(saved.value['a']).toBe('one two')
    scope.stop()
  })
})
