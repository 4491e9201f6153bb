/** Overlap classes, by CasRel's rules on unique string triples. */
import { expect, it } from 'vitest'
import { countClasses, isSoo, overlapClasses } from '#main/evaluation/overlap-class'
import { labelled } from '../support/labelled-sentences.ts'

const words = 'a b c d a'
const places = [
  [0, 1],
  [1, 2],
  [2, 3],
  [3, 4],
  [4, 5],
] as const

it.each([
  ['one triple is Normal', [[0, 'r', 1]], ['Normal']],
  [
    'two triples that share nothing are Normal',
    [
      [0, 'r', 1],
      [2, 'r', 3],
    ],
    ['Normal'],
  ],
  [
    'a shared entity makes it SEO',
    [
      [0, 'r', 1],
      [1, 'r', 2],
    ],
    ['SEO'],
  ],
  [
    'a pair with two relations makes it EPO',
    [
      [0, 'r', 1],
      [0, 's', 1],
    ],
    ['EPO'],
  ],
  [
    'both may hold',
    [
      [0, 'r', 1],
      [0, 's', 1],
      [1, 'r', 2],
    ],
    ['SEO', 'EPO'],
  ],
  [
    'a pair the other way round shares entities, but is another pair',
    [
      [0, 'r', 1],
      [1, 'r', 0],
    ],
    ['SEO'],
  ],
  ['an entity that relates to itself is SEO', [[0, 'r', 0]], ['SEO']],
  [
    'the same string at another place is the same entity',
    [
      [0, 'r', 1],
      [4, 's', 2],
    ],
    ['SEO'],
  ],
  [
    'the same triple read twice counts once',
    [
      [0, 'r', 1],
      [4, 'r', 1],
    ],
    ['Normal'],
  ],
  ['no triples have no class', [], []],
] as const)('%s', (_, triples, classes) => {
  expect(overlapClasses(labelled(words, places, triples), 'set')).toEqual(classes)
})

it('triples whose strings do not stand in the sentence count like the others', () => {
  expect(overlapClasses(labelled(words, places, [[0, 'r', 1]], [['a', 's', 'b']]), 'set')).toEqual(['EPO'])
  expect(overlapClasses(labelled(words, places, [], [['x', 's', 'y']]), 'set')).toEqual(['Normal'])
})

it.each([
  ['the subject is part of the object', 'Tarnow', 'Tarnow Park', true],
  ['the object is part of the subject', 'Tarnow Park', 'Park', true],
  ['a string is part of a word of the other, as in the published script', 'art', 'Bart', true],
  ['both are the same string', 'Tarnow', 'Tarnow', true],
  ['they share a word, but neither is part of the other', 'Tarnow Park', 'Park Lane', false],
  ['they differ in case alone', 'tarnow', 'Tarnow Park', false],
] as const)('SOO compares strings: %s', (_, subject, object, expected) => {
  expect(isSoo(labelled('Nothing of it stands here', [], [], [[subject, 'r', object]]))).toBe(expected)
})

it('a triple is SOO also where its strings were found at two places that share no word', () => {
  const spans = [
    [0, 1],
    [4, 6],
  ] as const
  expect(isSoo(labelled('Tarnow is where the Tarnow Park lies', spans, [[0, 'contains', 1]]))).toBe(true)
})

it('a triple that the source states twice overlaps with itself in lists, as in the published counts, and not in sets', () => {
  const once = labelled(words, places, [[0, 'r', 1]])
  const twice = { ...once, repeatedTriples: 1 }
  expect(overlapClasses(once, 'list')).toEqual(['Normal'])
  expect(overlapClasses(twice, 'list')).toEqual(['EPO'])
  expect(overlapClasses(twice, 'set')).toEqual(['Normal'])
})

it('counts the classes of sentences, with SOO beside them and Normal without it', () => {
  const plain = labelled(words, places, [[0, 'r', 1]])
  const repeated = { ...plain, repeatedTriples: 1 }
  const self = labelled(
    'Tarnow is the town where Tarnow Park lies .',
    [[0, 1]],
    [[0, 'same_as', 0]],
    [['Tarnow', 'contains', 'Tarnow Park']],
  )
  const inside = labelled(
    'Tarnow Park',
    [
      [0, 1],
      [0, 2],
    ],
    [[0, 'names', 1]],
  )
  const sentences = [plain, repeated, self, inside, labelled('No triples here')]
  expect(countClasses(sentences, 'list')).toEqual({ Normal: 2, SEO: 1, EPO: 1, SOO: 2, normalWithoutSoo: 1 })
  expect(countClasses(sentences, 'set')).toEqual({ Normal: 3, SEO: 1, EPO: 0, SOO: 2, normalWithoutSoo: 2 })
})
