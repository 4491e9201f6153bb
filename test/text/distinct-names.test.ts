/** Short names of files that tell them apart. */
import { expect, it } from 'vitest'
import { distinctNames } from '#main/text/distinct-names'

it.each([
  [
    ['/data/train.json', '/data/dev.json'],
    ['train.json', 'dev.json'],
  ],
  [
    ['a/x.txt', 'b/x.txt', 'c/y.txt'],
    ['a/x.txt', 'b/x.txt', 'y.txt'],
  ],
  [
    ['/1/a/x.txt', '/2/a/x.txt', '/2/b/x.txt'],
    ['1/a/x.txt', '2/a/x.txt', 'b/x.txt'],
  ],
  [
    ['x.txt', 'a/x.txt'],
    ['x.txt', 'a/x.txt'],
  ],
  [
    ['.\\a\\x.txt', 'b/x.txt'],
    ['a/x.txt', 'b/x.txt'],
  ],
  [
    ['x.txt', 'x.txt', 'x.txt'],
    ['x.txt', 'x (2).txt', 'x (3).txt'],
  ],
  [
    ['../x.txt', './x.txt'],
    ['../x.txt', 'x.txt'],
  ],
  [
    ['stdin', 'stdin'],
    ['stdin', 'stdin (2)'],
  ],
  [[], []],
])('of %j are %j', (paths, names) => expect(distinctNames(paths)).toEqual(names))

it('do not repeat one that is taken already', () => {
  const taken = new Set(['x.txt', 'y.txt', 'y (2).txt'])
  expect(distinctNames(['b/x.txt', 'y.txt', 'z.txt'], taken)).toEqual(['b/x.txt', 'y (3).txt', 'z.txt'])
})
