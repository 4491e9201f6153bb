/** A client waits for its answer as long as that is computed, and is left when it takes nothing of it. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { answer, type Served } from '#main/shell-server/extract-api/answer'
import { idleMs } from '#main/shell-server/extract-api/limits'
import { createWaiting } from '#main/shell-server/extract-api/waiting'

it('no time runs out while an answer is computed, and it runs again once there is one to take', async () => {
  const sockets: Socket[] = []
  const timeouts: (number | undefined)[] = []
  const served: Served = {
    waiting: createWaiting({
      ...{ largestGroup: 8, most: 8 },
      async answer(documents) {
        timeouts.push(sockets[0]?.timeout)
        return documents.map((asked) => ({
          asked,
          document: { document: 'a', runId: 'r', sentences: [], failure: null },
        }))
      },
    }),
    ...{ token: 'token', model: { name: 'm', runId: 'r', relations: [] }, settings: {}, version: '1' },
    log: () => undefined,
  }
  const server = createServer((request, response) => {
    response.on('close', () => timeouts.push(request.socket.timeout))
    void answer(request, response, served, { bytes: 0 })
  })
  server.timeout = idleMs
  server.on('connection', (socket) => sockets.push(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo // a TCP server's address
  const answered = await fetch(`http://127.0.0.1:${port}/v1/extract`, {
    ...{ method: 'POST', headers: { authorization: 'Bearer token', connection: 'close' } },
    body: JSON.stringify({ documents: [{ text: 'Ada sings.' }] }),
  })
  expect(((await answered.json()) as { documents: unknown[] }).documents).toHaveLength(1)
  expect(timeouts[0]).toBe(0)
  expect(timeouts[1]).toBe(idleMs)
})
