/** Drift: texts like dev are not called unusual, others are, and too little text is not judged. */
import { describe, expect, it } from 'vitest'
import { describeDrift, driftOf, usualText, type RelationCounts } from '#main/evaluation/drift'
import { packGuesses } from '#main/evaluation/run-calibration'
import { addProfiles, emptyProfile, profileOf, type TextProfile } from '#main/evaluation/text-profile'
import { drawOf } from '#main/document/seeded-draw'

const known = { isSeen: (word: string) => !word.startsWith('new'), hasVector: (word: string) => word !== 'newest' }

/** Sentences of about twenty words, of which a share was not in training. */
function sentences(count: number, share: number, seed: number): string[][] {
  return Array.from({ length: count }, (_, at) =>
    Array.from({ length: 15 + Math.floor(10 * drawOf(seed, at)) }, (__, word) =>
      drawOf(seed, at, word) < share ? 'New' : 'old',
    ),
  )
}

function tenthsOf(share: number): TextProfile[] {
  return Array.from({ length: 10 }, (_, tenth) => profileOf(sentences(50, share, tenth), known))
}

const guesses = Array.from({ length: 500 }, (_, sentence) => ({
  ...{ relation: drawOf(5, sentence) < 0.7 ? 'led' : 'in', probability: 0.9, isRight: true, sentence },
}))
const usual = usualText({ text: tenthsOf(0.03), guesses: packGuesses(guesses) }, { usual: 0.5, byRelation: {} }, null)

function drift(text: TextProfile, relations: RelationCounts) {
  if (!usual) throw new Error('dev is known')
  return driftOf(usual, text, relations)
}

describe('a profile', () => {
  it('counts words that training has not seen in any casing, and those without a vector', () => {
    const profile = profileOf([['Old', 'New', 'newest'], []], known)
    expect(profile).toEqual({ sentences: 2, words: 3, unseenWords: 2, wordsWithoutVector: 1 })
    expect(profileOf([['newest']], { ...known, hasVector: null }).wordsWithoutVector).toBeNull()
  })

  it('adds up to that of both texts', () => {
    const [one, other] = [sentences(9, 0.2, 1), sentences(4, 0.5, 2)]
    const sum = addProfiles(addProfiles(emptyProfile, profileOf(one, known)), profileOf(other, known))
    expect(sum).toEqual(profileOf([...one, ...other], known))
  })
})

describe('drift', () => {
  it('is not told of text like dev', () => {
    const found = drift(profileOf(sentences(400, 0.03, 77), known), { led: 285, in: 115 })
    expect(found?.measures.map(({ name, isUnusual }) => [name, isUnusual])).toEqual([
      ['unseen words', false],
      ['words without vector', false],
      ['words per sentence', false],
      ['relation types', false],
    ])
    expect(found && describeDrift(found)).toBeNull()
  })

  it('is told in a sentence with what is usual', () => {
    const found = drift(profileOf(sentences(400, 0.2, 77), known), { led: 50, in: 350 })
    expect(found?.measures.filter(({ isUnusual }) => isUnusual).map(({ name }) => name)).toEqual([
      'unseen words',
      'relation types',
    ])
    expect(found && describeDrift(found)).toMatch(
      /^The text \(400 sentences\) is unlike dev.*: \d+\.\d % of the words were not in training \(on dev \d\.\d %, usually up to \d\.\d %\); /,
    )
  })

  it('is told of sentences that are much shorter, or longer', () => {
    for (const length of [4, 60]) {
      const found = drift(profileOf(Array(100).fill(Array(length).fill('old')), known), { led: 70, in: 30 })
      expect(found?.measures.find(({ name }) => name === 'words per sentence')?.isUnusual).toBe(true)
    }
  })

  it('is not judged with fewer sentences than a tenth of dev, nor types with fewer triples', () => {
    expect(drift(profileOf(sentences(49, 0.9, 3), known), { in: 40 })).toBeNull()
    const few = drift(profileOf(sentences(50, 0.03, 3), known), { in: 49 })
    expect(few?.measures.map(({ name }) => name)).not.toContain('relation types')
  })

  it('is unknown where the words of dev are', () => {
    expect(usualText({ text: [], guesses: {} }, { usual: 0.5, byRelation: {} }, null)).toBeNull()
  })
})
