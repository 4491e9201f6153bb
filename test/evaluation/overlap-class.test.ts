/** Overlap classes, by CasRel's rules on unique string triples. */
import { expect, it } from 'vitest'
import { isSoo, overlapClasses } from '#main/evaluation/overlap-class'
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
  expect(overlapClasses(labelled(words, places, triples))).toEqual(classes)
})

it('triples whose strings do not stand in the sentence count like the others', () => {
  expect(overlapClasses(labelled(words, places, [[0, 'r', 1]], [['a', 's', 'b']]))).toEqual(['EPO'])
  expect(overlapClasses(labelled(words, places, [], [['x', 's', 'y']]))).toEqual(['Normal'])
})

it('a triple is SOO where its subject and object share a word', () => {
  const spans = [
    [0, 2],
    [1, 3],
    [3, 4],
  ] as const
  expect(isSoo(labelled(words, spans, [[0, 'r', 1]]))).toBe(true)
  expect(isSoo(labelled(words, spans, [[2, 'r', 2]]))).toBe(true)
  expect(
    isSoo(
      labelled(words, spans, [
        [0, 'r', 2],
        [1, 'r', 2],
      ]),
    ),
  ).toBe(false)
})

it('a triple that the source states twice overlaps with itself, as in the published counts', () => {
  const sentence = labelled(words, places, [[0, 'r', 1]])
  expect(overlapClasses(sentence)).toEqual(['Normal'])
  expect(overlapClasses({ ...sentence, repeatedTriples: 1 })).toEqual(['EPO'])
})
