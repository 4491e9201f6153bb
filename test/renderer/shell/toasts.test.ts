/** Toasts: short messages that are seen where they belong. */
import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { useToasts } from '#window/stores/toasts.ts'

it('are seen only while the corpus is chosen that they are about, and always where they are about none', () => {
  setActivePinia(createPinia())
  const toasts = useToasts()
  toasts.show({ kind: 'error', message: 'Seven sentences moved', corpusId: 1 })
  toasts.show({ kind: 'error', message: 'The connection was lost' })
  const seen = (corpusId: number | null) => toasts.shownFor(corpusId).map(({ message }) => message)
  expect(seen(1)).toEqual(['Seven sentences moved', 'The connection was lost'])
  expect(seen(2)).toEqual(['The connection was lost'])
  expect(seen(null)).toEqual(['The connection was lost'])
})
