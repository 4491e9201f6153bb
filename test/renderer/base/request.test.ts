/** A request of the window: answers, failures, and which of several calls counts. */
import { describe, expect, it } from 'vitest'
import { AppError } from '#main/core/errors'
import { useRequest } from '#window/base/request.ts'

/** A call whose answers are given by hand, in any order. */
function byHand() {
  const calls: { resolve: (answer: string) => void; reject: (error: Error) => void }[] = []
  const request = useRequest((_: number) => new Promise<string>((resolve, reject) => calls.push({ resolve, reject })))
  return { calls, request }
}

describe('a request', () => {
  it('keeps its answer and is busy until it comes', async () => {
    const { calls, request } = byHand()
    const asked = request.ask(1)
    expect(request.isBusy.value).toBe(true)
    calls[0]?.resolve('one')
    expect(await asked).toBe('one')
    expect([request.answer.value, request.failure.value, request.isBusy.value]).toEqual(['one', null, false])
  })

  it('drops an answer that a later call has overtaken', async () => {
    const { calls, request } = byHand()
    const [first, second] = [request.ask(1), request.ask(2)]
    calls[1]?.resolve('two')
    expect(await second).toBe('two')
    calls[0]?.resolve('one')
    expect(await first).toBeUndefined()
    expect(request.answer.value).toBe('two')
  })

  it('that was overtaken is settled together with the later one, so that whoever waited finds the latest answer', async () => {
    const { calls, request } = byHand()
    const [first] = [request.ask(1), request.ask(2)]
    const seen = first.then(() => request.answer.value)
    calls[0]?.resolve('one')
    await new Promise((resolve) => setTimeout(resolve))
    calls[1]?.resolve('two')
    expect(await seen).toBe('two')
  })

  it('drops a failure that a later call has overtaken', async () => {
    const { calls, request } = byHand()
    const [first, second] = [request.ask(1), request.ask(2)]
    calls[0]?.reject(new AppError('not-found', 'There is no run 1.'))
    await new Promise((resolve) => setTimeout(resolve))
    expect([request.failure.value, request.isBusy.value]).toEqual([null, true])
    calls[1]?.resolve('two')
    await Promise.all([first, second])
    expect(request.answer.value).toBe('two')
  })

  it('says why it failed, keeps the answer from before, and says so no longer once asked again', async () => {
    const { calls, request } = byHand()
    const first = request.ask(1)
    calls[0]?.resolve('one')
    await first
    const second = request.ask(2)
    calls[1]?.reject(new AppError('not-found', 'There is no run 2.'))
    expect(await second).toBeUndefined()
    expect([request.answer.value, request.failure.value]).toEqual(['one', 'There is no run 2.'])
    void request.ask(3)
    expect(request.failure.value).toBeNull()
  })

  it('says why the call could not even be made', async () => {
    const request = useRequest((): Promise<string> => {
      throw new AppError('conflict', 'CITY is there already.')
    })
    expect(await request.ask()).toBeUndefined()
    expect([request.failure.value, request.isBusy.value]).toEqual(['CITY is there already.', false])
  })

  it('takes nothing of a call that was on its way when it was told to forget', async () => {
    const { calls, request } = byHand()
    const asked = request.ask(1)
    request.forget()
    expect(request.isBusy.value).toBe(false)
    calls[0]?.resolve('one')
    expect(await asked).toBeUndefined()
    expect(request.answer.value).toBeNull()
  })
})
