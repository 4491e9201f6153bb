/** A new run as it was filled in before: every field comes back, and what this version does not know is left out. */
import { describe, expect, it } from 'vitest'
import { problemsOf } from '#window/features/train/draft-problems.ts'
import { draftFrom, emptyDraft, type RunDraft } from '#window/features/train/run-draft.ts'
import { restoreDraft } from '#window/features/train/restored-draft.ts'
import { makeRun } from '../../support/renderer-runs.ts'

const stored = (draft: RunDraft): unknown => JSON.parse(JSON.stringify(draft))

describe('a new run filled in earlier', () => {
  it('has every field again', () => {
    const draft: RunDraft = {
      ...emptyDraft(3),
      ...{ name: 'long words', variants: ['pmei', 'mtl-sm'], seeds: '4, 5', preset: 'paper', encoder: 'bert-tuned' },
      ...{ encoderFolder: '/models/bert', vectors: '/data/glove.txt' },
      fields: { ...emptyDraft(3).fields, epochs: 17, dropout: 0.3 },
    }
    const restored = restoreDraft(stored(draft), emptyDraft(1))
    expect({ ...restored, variants: [...restored.variants].sort() }).toEqual({
      ...draft,
      variants: [...draft.variants].sort(),
    })
  })

  it('has an empty number field again, which is still a problem and never 0', () => {
    const draft = { ...emptyDraft(1), fields: { ...emptyDraft(1).fields, epochs: NaN } }
    const restored = restoreDraft(stored(draft), emptyDraft(1))
    expect(restored.fields.epochs).toBeNaN()
    expect(problemsOf(restored).has('epochs')).toBe(true)
  })

  it('takes from the fresh draft what is unknown, of another type or missing', () => {
    const fresh = emptyDraft(1)
    const kept = {
      name: 5,
      variants: ['pmei', 'gone'],
      preset: 'gone',
      encoder: 'gone',
      fields: { epochs: '9', gone: 1 },
    }
    expect(restoreDraft(kept, fresh)).toEqual({ ...fresh, variants: ['pmei'] })
    expect(restoreDraft('text', fresh)).toEqual(fresh)
  })

  it('starts from the weights of the run that the dialog was opened for', () => {
    const run = makeRun('mtl', 1)
    const restored = restoreDraft(stored({ ...draftFrom(run), seeds: '9' }), draftFrom(run))
    expect([restored.from, restored.seeds]).toEqual([run, '9'])
  })
})
