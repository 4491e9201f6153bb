/** Serves extraction with the model of a folder over HTTP on the loopback interface. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ModelFolder } from '#main/model-folder/model-folder'
import { readOwnPackage } from '#main/machine/own-package'
import { likeTraining } from '#main/services/extraction/like-training'
import { answersTo } from '#main/services/filter/answers'
import { readerOf } from '#main/services/filter/folder-reader'
import type { PredictionSession } from '#main/services/runs/prediction-session'
import { listen, loopback } from '../http.ts'
import { headersMs, mostConnections, requestMs } from '../limits.ts'
import { answer, type Held, type Served } from './answer.ts'
import { idleMs, largestGroup, mostWaiting } from './limits.ts'
import { createWaiting } from './waiting.ts'

export interface ApiOptions {
  readonly model: ModelFolder
  readonly session: PredictionSession
  readonly token: string
  /** 0 takes a free one. */
  readonly port: number
  readonly log: (message: string) => void
}

export interface RunningApi {
  readonly url: string
  /** Takes no more requests, answers those that came, and ends. */
  close(): Promise<void>
}

/** @throws PortInUse */
export async function serveApi({ model, session, token, port, log }: ApiOptions): Promise<RunningApi> {
  const { run, labels } = model.facts
  const reader = readerOf(model, session)
  const served: Served = {
    ...{ token, log, version: readOwnPackage().version, settings: likeTraining(run) },
    model: { name: run.name, runId: run.runId, relations: labels.relationTypes.map(({ name }) => name) },
    waiting: createWaiting({ largestGroup, most: mostWaiting, answer: (documents) => answersTo(reader, documents) }),
  }
  const held: Held = { bytes: 0 }
  const server = createServer({
    ...{ headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: headersMs / 2 },
  })
  server.maxConnections = mostConnections
  server.timeout = idleMs // a client that takes nothing of its answer is left, and what it held is free again
  server.on('request', (request, response) => {
    request.on('error', () => undefined) // it broke off; the response is closed then
    response.on('error', () => response.destroy())
    void answer(request, response, served, held)
  })
  await listen(server, port)
  server.on('error', ({ message }) => log(`A connection could not be taken: ${message}`))
  const { port: taken } = server.address() as AddressInfo // a TCP server's address
  return {
    url: `http://${loopback}:${taken}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      await closed
    },
  }
}
