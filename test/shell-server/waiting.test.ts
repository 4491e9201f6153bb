import { describe, expect, it } from 'vitest'
import type { Answer, Asked } from '#main/services/filter/answers'
import { Busy, createWaiting } from '#main/shell-server/extract-api/waiting'

const asked = (id: string): Asked => ({ id, fields: {}, doc: null, failure: 'none' })
const answerTo = (one: Asked): Answer => ({
  asked: one,
  document: { document: String(one.id), runId: 'r', sentences: [], failure: null },
})
const never = new AbortController().signal

function recorded(most = 4) {
  const groups: string[][] = []
  const waiting = createWaiting({
    ...{ largestGroup: 100, most },
    async answer(documents) {
      groups.push(documents.map(({ id }) => String(id)))
      await new Promise(setImmediate)
      if (documents.some(({ id }) => id === 'bad')) throw new Error('cannot')
      return documents.map(answerTo)
    },
  })
  const idsOf = async (...ids: readonly string[]): Promise<unknown[]> =>
    (await waiting.ask(ids.map(asked), never)).map(({ asked: { id } }) => id)
  return { groups, waiting, idsOf }
}

describe('requests that wait', () => {
  it('are answered together, each with its own answers', async () => {
    const { groups, idsOf } = recorded()
    expect(await Promise.all([idsOf('a', 'b'), idsOf('c'), idsOf()])).toEqual([['a', 'b'], ['c'], []])
    expect(groups).toEqual([['a', 'b', 'c']])
  })

  it('are refused when too many wait', async () => {
    const { idsOf } = recorded(2)
    const outcomes = await Promise.allSettled([idsOf('a'), idsOf('b'), idsOf('c')])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect(outcomes[2]).toMatchObject({ reason: expect.any(Busy) as unknown })
    expect(await idsOf('d')).toEqual(['d'])
  })

  it('do not suffer from one that cannot be answered', async () => {
    const { idsOf } = recorded()
    const outcomes = await Promise.allSettled([idsOf('a'), idsOf('bad'), idsOf('c')])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('are left when nobody wants their answer any more', async () => {
    const { groups, waiting, idsOf } = recorded()
    const gone = AbortSignal.abort()
    void waiting.ask([asked('gone')], gone)
    expect(await idsOf('a')).toEqual(['a'])
    expect(groups).toEqual([['a']])
  })
})
