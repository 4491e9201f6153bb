/** Drafts of guidelines whose type is gone are listed, whatever the name of the type. */
import { computed } from 'vue'
import { describe, expect, it } from 'vitest'
import { forget, keep } from '#window/base/kept.ts'
import { lostGuidelines, typeDraftId } from '#window/features/corpora/labels/type-drafts.ts'
import { memory } from '../../support/memory-storage.ts'

const labels = { entityTypes: [{ name: 'PERSON' }], relationTypes: [], signatures: [] }
const draft = (text: string) => ({ text, base: '' })

describe('a guideline that was not saved', () => {
  it('is listed where its type is gone, there alone', () => {
    const storage = memory()
    keep(storage, typeDraftId('guideline', 'entity', 'PERSON', 1), draft('its type is there'))
    keep(storage, typeDraftId('guideline', 'entity', 'FIRM', 2), draft('of another corpus'))
    keep(storage, typeDraftId('key', 'entity', 'FIRM', 1), draft('f'))
    keep(storage, typeDraftId('guideline', 'relation', 'part of corpus 2', 1), draft('parts'))
    keep(storage, typeDraftId('guideline', 'entity', 'FIRM', 1), draft('firms alone'))
    expect(lostGuidelines(storage, 1, labels).map(({ kind, name, text }) => [kind, name, text])).toEqual([
      ['entity', 'FIRM', 'firms alone'],
      ['relation', 'part of corpus 2', 'parts'],
    ])
  })

  it('is listed until it is forgotten', () => {
    const storage = memory()
    const id = typeDraftId('guideline', 'entity', 'FIRM', 1)
    const lost = computed(() => lostGuidelines(storage, 1, labels).length)
    expect(lost.value).toBe(0)
    keep(storage, id, draft('firms alone'))
    expect(lost.value).toBe(1)
    forget(storage, id)
    expect(lost.value).toBe(0)
  })
})
