/** The same calls in process, over a MessagePort and over a WebSocket: one router, so one behaviour. */
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { RPCHandler } from '@orpc/server/message-port'
import { describe, expect, it, onTestFinished } from 'vitest'
import { toAppError } from '#main/api/client-errors'
import { AppError } from '#main/core/errors'
import type { AppEvent } from '#main/api/events'
import type { Handlers } from '#main/api/handlers'
import { createLocalClient, createRouter, type Client } from '#main/api/router'
import { createEventBus } from '#main/services/system/events'
import { openSocket, openTestServer, protocolsOf } from '../support/server.ts'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

const transports: Record<string, (handlers: Handlers) => Promise<Client>> = {
  'in process': async (handlers) => createLocalClient(handlers),
  async 'a MessagePort'(handlers) {
    const { port1, port2 } = new MessageChannel()
    onTestFinished(() => port1.close())
    new RPCHandler(createRouter(handlers)).upgrade(port2)
    port1.start()
    port2.start()
    return createORPCClient(new PortLink({ port: port1 }))
  },
  async 'a WebSocket'(handlers) {
    const server = await openTestServer(handlers, '')
    const protocols = await protocolsOf(server)
    const websocket = await openSocket(server, { protocols, origin: server.origin })
    return createORPCClient(new SocketLink({ websocket: websocket as never })) // ws has what a browser's has
  },
}

const failureOf = async (call: Promise<unknown>): Promise<AppError> =>
  call.then(() => expect.fail('the call went through'), toAppError)

describe.each(Object.entries(transports))('over %s', (_, connect) => {
  it('answers a query', async () => {
    const services = await openTestServices(temporaryFolder())
    const corpusId = await importTiny(services, { train: 3 })
    const client = await connect(services.handlers)
    const { total, rows } = await client.corpora.sentences({ corpusId, filter: {}, offset: 1, limit: 1 })
    const direct = await services.handlers.corpora.sentences({ corpusId, filter: {}, offset: 1, limit: 1 })
    expect({ total, rows }).toEqual(direct)
    expect(total).toBe(3)
  })

  it('carries the code, sentence and details of a failure', async () => {
    const { handlers } = await openTestServices(temporaryFolder())
    const rename = () => Promise.reject(new AppError('conflict', 'The name is taken.', { name: 'Tiny', ids: [1, 2] }))
    const client = await connect({ ...handlers, corpora: { ...handlers.corpora, rename } })
    const failure = await failureOf(client.corpora.rename({ corpusId: 1, name: 'Tiny' }))
    expect(failure).toBeInstanceOf(AppError)
    expect(failure).toMatchObject({ code: 'conflict', message: 'The name is taken.' })
    expect(failure.details).toEqual({ name: 'Tiny', ids: [1, 2] })
  })

  it('carries the failure of a real service', async () => {
    const { handlers } = await openTestServices(temporaryFolder())
    const failure = await failureOf((await connect(handlers)).runs.get({ runId: 'nowhere' }))
    expect(failure.code).toBe('not-found')
    expect(failure.message).toContain('nowhere')
  })

  it('carries a failure that is thrown before anything is waited for', async () => {
    const { handlers } = await openTestServices(temporaryFolder())
    const fail = (): never => {
      throw new AppError('not-found', 'There is no run "nowhere".')
    }
    const client = await connect({ ...handlers, comparisons: { ...handlers.comparisons, table: fail } })
    const failure = await failureOf(client.comparisons.table({ runIds: ['nowhere'], match: 'exact', split: 'dev' }))
    expect(failure).toMatchObject({ code: 'not-found', message: 'There is no run "nowhere".' })
  })

  it('names the field of bad input, and lets the handler see none of it', async () => {
    const { handlers } = await openTestServices(temporaryFolder())
    let isCalled = false
    const start = async () => ((isCalled = true), [])
    const client = await connect({ ...handlers, runs: { ...handlers.runs, start } })
    const bad = { corpusId: 0, variants: [], seeds: [1, 'two'] } as unknown as Parameters<Client['runs']['start']>[0]
    const failure = await failureOf(client.runs.start(bad))
    expect(failure.code).toBe('invalid-input')
    expect(failure.message).toMatch(/corpusId: .*; variants: choose at least one variant or family; seeds\[1\]: /)
    expect(isCalled).toBe(false)
  })

  it('streams events in order, and stops the source when the listener stops', async () => {
    const { handlers } = await openTestServices(temporaryFolder())
    const { source, bus, state } = followedBus()
    const client = await connect({ ...handlers, system: { ...handlers.system, events: source } })
    const told: AppEvent[] = Array.from({ length: 200 }, (_, index) => ({
      type: 'annotation-changed',
      sentenceId: index,
    }))
    const events = await client.system.events()
    await expect.poll(() => state.listeners).toBe(1)
    for (const event of told) bus.emit(event)
    const seen: AppEvent[] = []
    for await (const event of events) if (seen.push(event) === told.length) break
    expect(seen).toEqual(told)
    await expect.poll(() => state.listeners).toBe(0)
  })

  it('stops a stream that is waiting when the call is cancelled', async () => {
    const { handlers } = await openTestServices(temporaryFolder())
    const { source, state } = followedBus()
    const client = await connect({ ...handlers, system: { ...handlers.system, events: source } })
    const cancel = new AbortController()
    const events = await client.system.events(undefined, { signal: cancel.signal })
    const next = events.next().catch(() => ({ done: true }))
    await expect.poll(() => state.listeners).toBe(1)
    cancel.abort()
    expect((await next).done).toBe(true)
    await expect.poll(() => state.listeners).toBe(0)
  })

  it('tells work that takes long when the call is cancelled', async () => {
    const { handlers } = await openTestServices(temporaryFolder())
    const { text, state } = longWork()
    const client = await connect({ ...handlers, extraction: { ...handlers.extraction, text } })
    const cancel = new AbortController()
    const failure = failureOf(client.extraction.text({ runId: 'r', text: 'Ada' }, { signal: cancel.signal }))
    await expect.poll(() => state.isWorking).toBe(true)
    cancel.abort()
    await failure
    await expect.poll(() => state.isWorking).toBe(false)
  })
})

it('tells work that takes long when the window is closed', async () => {
  const { handlers } = await openTestServices(temporaryFolder())
  const { text, state } = longWork()
  const server = await openTestServer({ ...handlers, extraction: { ...handlers.extraction, text } }, '')
  const protocols = await protocolsOf(server)
  const websocket = await openSocket(server, { protocols, origin: server.origin })
  const client: Client = createORPCClient(new SocketLink({ websocket: websocket as never })) // ws has what a browser's has
  const failure = failureOf(client.extraction.text({ runId: 'r', text: 'Ada' }))
  await expect.poll(() => state.isWorking).toBe(true)
  websocket.close()
  await failure
  await expect.poll(() => state.isWorking).toBe(false)
})

/** An extraction that ends when it is told to, and no sooner. */
function longWork() {
  const state = { isWorking: false }
  const text: Handlers['extraction']['text'] = async (_, signal) => {
    state.isWorking = true
    await new Promise((resolve) => signal?.addEventListener('abort', resolve))
    state.isWorking = false
    throw new AppError('cancelled', 'The prediction was cancelled.')
  }
  return { text, state }
}

/** The real bus, with a count of who listens. */
function followedBus() {
  const bus = createEventBus()
  const state = { listeners: 0 }
  const source = async (_: unknown, signal?: AbortSignal) => {
    const events = bus.subscribe(signal)
    state.listeners++
    return (async function* () {
      try {
        yield* events
      } finally {
        state.listeners--
      }
    })() as never // the contract wants oRPC's own iterator class
  }
  return { bus, state, source }
}

it('tells the log, not the caller, where an unforeseen failure happened', async () => {
  const { handlers } = await openTestServices(temporaryFolder())
  const lines: string[] = []
  const settings = () => Promise.reject(new TypeError('x is undefined'))
  const router = createRouter({ ...handlers, system: { ...handlers.system, settings } }, (line) => lines.push(line))
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => port1.close())
  new RPCHandler(router).upgrade(port2)
  port1.start()
  port2.start()
  const client: Client = createORPCClient(new PortLink({ port: port1 }))
  const failure = await failureOf(client.system.settings())
  expect(failure.code).toBe('internal')
  expect(failure.message).not.toContain('.ts')
  expect(lines.join()).toMatch(/^system\.settings failed: TypeError: x is undefined\n.*transports\.test\.ts/s)
})
