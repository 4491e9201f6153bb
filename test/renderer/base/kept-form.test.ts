/** Kept forms: fields are there again until the form is used or given up. */
import { effectScope, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { useKeptForm, useKeptText } from '#window/base/kept-form.ts'
import { memory } from '../../support/memory-storage.ts'

interface Fields {
  readonly name: string
  readonly seed: number
}
const restore = (kept: unknown, fresh: Fields): Fields => ({ ...fresh, ...(kept as Partial<Fields>) }) // kept by this test

/** A page with the form; another call with the same storage is the page after a reload. */
function openPage(storage = memory()) {
  return { storage, form: useKeptForm<Fields>({ name: '', seed: 1 }, restore, storage) }
}

describe('a kept form', () => {
  it('shows after a reload what was filled in, and says that it was there before', () => {
    const { storage, form } = openPage()
    form.open('new', { name: '', seed: 1 })
    expect(form.isRestored.value).toBe(false)
    form.fields.value = { name: 'long words', seed: 7 }
    const { form: reloaded } = openPage(storage)
    reloaded.open('new', { name: '', seed: 1 })
    expect([reloaded.fields.value, reloaded.isRestored.value]).toEqual([{ name: 'long words', seed: 7 }, true])
  })

  it('starts afresh where it was used or given up, and leaves nothing behind', () => {
    const { storage, form } = openPage()
    form.open('new', { name: '', seed: 1 })
    form.fields.value = { name: 'long words', seed: 7 }
    form.startAfresh()
    expect([form.fields.value, storage.size()]).toEqual([{ name: '', seed: 1 }, 0])
    form.open('new', { name: 'other', seed: 2 })
    expect([form.fields.value, form.isRestored.value]).toEqual([{ name: 'other', seed: 2 }, false])
  })

  it('keeps the fields of each id apart', () => {
    const { form } = openPage()
    form.open('new', { name: '', seed: 1 })
    form.fields.value = { name: 'long words', seed: 7 }
    form.open('retraining of a', { name: 'a', seed: 3 })
    expect([form.fields.value, form.isRestored.value]).toEqual([{ name: 'a', seed: 3 }, false])
    form.open('new', { name: '', seed: 1 })
    expect(form.fields.value.name).toBe('long words')
  })

  it('keeps nothing where the fields are as they were at first', () => {
    const { storage, form } = openPage()
    form.open('new', { name: '', seed: 1 })
    form.fields.value = { name: 'x', seed: 1 }
    form.fields.value = { name: '', seed: 1 }
    expect(storage.size()).toBe(0)
  })
})

describe('a kept text', () => {
  it('is there again at its place until it is used', () => {
    const storage = memory()
    const at = ref('corpus 1')
    const scope = effectScope(true)
    const text = scope.run(() => useKeptText(at, storage))
    if (!text) throw new Error('There is no text')
    text.value = 'COMPANY'
    at.value = 'corpus 2'
    expect(text.value).toBe('')
    at.value = 'corpus 1'
    expect(text.value).toBe('COMPANY')
    text.value = ''
    expect(storage.size()).toBe(0)
    scope.stop()
  })
})
