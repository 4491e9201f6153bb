import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInShard, nameWithin, parseShard } from '#main/files/shard'

describe('a shard', () => {
  it('is two numbers, the first no larger than the second', () => {
    expect(parseShard('2/8')).toEqual({ number: 2, of: 8 })
    for (const text of ['0/8', '9/8', '1', '1/0', 'a/b', '1/2/3', '-1/2']) expect(parseShard(text)).toBeNull()
  })

  it('shares every file out to exactly one, whatever their names', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 40 }), (name, of) => {
        const shards = Array.from({ length: of }, (_, at) => ({ number: at + 1, of }))
        expect(shards.filter((shard) => isInShard(shard, 'texts', `texts/${name}`))).toHaveLength(1)
      }),
    )
  })

  it('is the same wherever the folder lies, and shares a thousand files about evenly', () => {
    const names = Array.from({ length: 1000 }, (_, at) => `a/part-${at}.txt`)
    const of = (folder: string) => names.filter((name) => isInShard({ number: 2, of: 4 }, folder, `${folder}/${name}`))
    expect(of('/mnt/here/texts')).toEqual(of('texts'))
    expect(of('texts').length).toBeGreaterThan(200)
    expect(of('texts').length).toBeLessThan(300)
  })

  it('goes by the name within the folder, the pattern or the archive', () => {
    expect(nameWithin('texts', 'texts/a/b.txt')).toBe('a/b.txt')
    expect(nameWithin('texts/', 'texts/a/b.txt')).toBe('a/b.txt')
    expect(nameWithin('data/*/part-*.gz', 'data/monday/part-1.gz')).toBe('monday/part-1.gz')
    expect(nameWithin('C:\\texts', 'C:\\texts\\a\\b.txt')).toBe('a/b.txt')
    expect(nameWithin('pack.zip', 'pack.zip/b.txt')).toBe('b.txt')
    expect(nameWithin('/mnt/one.txt', '/mnt/one.txt')).toBe('one.txt')
  })
})
