/** The door of an open workspace: found by those who may come in, at the same place each time, and never mistaken for another. */
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { randomText } from '#main/api/handshake'
import { readOwnPackage } from '#main/machine/own-package'
import type { Services } from '#main/services/services'
import { openDoor } from '#main/shell-server/door'
import { startServer, type RunningServer } from '#main/shell-server/http'
import { connectToOpen, linkToOpen } from '#main/shell-server/open-program'
import { ensureSession, readSession, writeSession } from '#main/shell-server/session-file'
import { openSession } from '../support/server.ts'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

let workspace: string
let services: Services

beforeEach(async () => {
  workspace = temporaryFolder()
  services = await openTestServices(workspace)
})

async function open(port: number | null = 0, windowFolder: string | null = workspace): Promise<RunningServer> {
  const door = await openDoor({ workspace, port, handlers: services.handlers, windowFolder })
  onTestFinished(() => door.close())
  return door
}

/** A server of somebody else on a port of this machine, which answers everything with this. */
async function openStranger(status: number, body: string): Promise<number> {
  const stranger = createServer((_, response) => void response.writeHead(status).end(body))
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void stranger.close())
  return (stranger.address() as AddressInfo).port
}

const file = (): string => path.join(workspace, 'espalier.session.json')

describe('the session of a workspace', () => {
  it.skipIf(process.platform === 'win32')('lies in a file of its owner alone', async () => {
    await open()
    expect((statSync(file()).mode & 0o777).toString(8)).toBe('600')
  })

  it('keeps its secret from start to start', async () => {
    await (await open()).close()
    const before = readSession(workspace)?.secret
    await open()
    expect(readSession(workspace)?.secret).toBe(before)
  })

  it.skipIf(process.platform === 'win32')('has a new secret when others could read the former one', async () => {
    const session = ensureSession(workspace)
    await writeSession(workspace, session)
    chmodSync(file(), 0o644)
    expect(readSession(workspace)).toBeNull()
    expect(ensureSession(workspace).secret).not.toBe(session.secret)
  })

  it.each(['', '{', 'null', '[]', '{"secret":1}', '{"secret":"short"}'])(
    'is made anew where the file holds %j',
    (text) => {
      writeFileSync(file(), text, { mode: 0o600 })
      expect(ensureSession(workspace)).toMatchObject({
        secret: expect.stringMatching(/^[\w-]{32}$/) as string,
        openPort: null,
      })
    },
  )

  it.each([0, -1, 65_536, 1.5, '80', null])('takes %j for no port', (port) => {
    writeFileSync(file(), JSON.stringify({ secret: randomText(), browserPort: port, openPort: port }), { mode: 0o600 })
    expect(readSession(workspace)).toMatchObject({ browserPort: null, openPort: null })
  })

  it('says where the program listens while it does', async () => {
    const door = await open()
    expect(readSession(workspace)?.openPort).toBe(door.port)
    await door.close()
    expect(readSession(workspace)?.openPort).toBeNull()
  })
})

describe('the port', () => {
  it('is the one that browsers know from the last time', async () => {
    const first = await open()
    await first.close()
    expect((await open(null)).port).toBe(first.port)
  })

  it('is another one when that is taken, and is known from then on', async () => {
    const taken = await openStranger(200, '')
    await writeSession(workspace, { ...ensureSession(workspace), browserPort: taken })
    const door = await open(null)
    expect(door.port).not.toBe(taken)
    expect(readSession(workspace)?.browserPort).toBe(door.port)
  })

  it('that was asked for is taken or refused', async () => {
    await expect(open(await openStranger(200, ''))).rejects.toThrow('in use by another program')
  })

  it('of a program without pages for browsers is any, and changes nothing for them', async () => {
    const door = await open()
    await door.close()
    await open(null, null)
    expect(readSession(workspace)?.browserPort).toBe(door.port)
  })
})

describe('a command beside the program', () => {
  it('calls its services and hears its events', async () => {
    await open()
    const program = await connectToOpen(workspace)
    onTestFinished(() => program?.close())
    const events = await program?.client.system.events()
    const corpusId = await importTiny(services, { train: 3 })
    expect((await program?.client.corpora.list())?.map((corpus) => corpus.corpusId)).toEqual([corpusId])
    expect((await events?.next())?.value).toMatchObject({ type: 'job', job: { kind: 'import' } })
  })

  it('is told when the program ends before it answers', async () => {
    const door = await open()
    const program = await connectToOpen(workspace)
    await door.close()
    await expect(program?.lost).rejects.toThrow('has ended before it answered')
  })

  it('finds nobody where the program ended without a word', async () => {
    const door = await open()
    const session = ensureSession(workspace)
    await door.close()
    await writeSession(workspace, { ...session, openPort: door.port })
    expect(await connectToOpen(workspace)).toBeNull()
    expect(await linkToOpen(workspace)).toBeNull()
  })

  it.each([
    ['pretends', 200, '{"challenge":"x","proof":"x","version":"0.1.0"}'],
    ['speaks no JSON', 200, 'hello'],
    ['refuses', 401, 'no'],
  ])('finds nobody where another program has the port and %s', async (_, status, body) => {
    await writeSession(workspace, { ...ensureSession(workspace), openPort: await openStranger(status, body) })
    expect(await connectToOpen(workspace)).toBeNull()
    expect(await linkToOpen(workspace)).toBeNull()
  })

  it('finds nobody where Espalier has another workspace open', async () => {
    const other = await startServer({ handlers: services.handlers, port: 0, windowFolder: null })
    onTestFinished(() => other.close())
    await writeSession(workspace, { ...ensureSession(workspace), openPort: other.port })
    expect(await connectToOpen(workspace)).toBeNull()
  })

  it('finds nobody in a folder that is no workspace', async () => {
    const folder = path.join(temporaryFolder(), 'none')
    expect(await connectToOpen(folder)).toBeNull()
    mkdirSync(folder)
    expect(await connectToOpen(folder)).toBeNull()
  })

  it('is refused by an Espalier of another version', async () => {
    const { secret } = ensureSession(workspace)
    const other = await startServer({
      handlers: services.handlers,
      port: 0,
      windowFolder: null,
      secret,
      version: '9.9.9',
    })
    onTestFinished(() => other.close())
    await writeSession(workspace, { secret, browserPort: null, openPort: other.port })
    const { version } = readOwnPackage()
    await expect(connectToOpen(workspace)).rejects.toThrow(`is open in Espalier 9.9.9, and this is Espalier ${version}`)
  })

  it('is given a link to the window, where the program shows one to browsers', async () => {
    const door = await open()
    const link = (await linkToOpen(workspace)) ?? ''
    expect((await openSession(door, link)).status).toBe(200)
    await door.close()
    await open(0, null)
    expect(await linkToOpen(workspace)).toBeNull()
  })

  it('leaves no secret in what it prints or asks for', async () => {
    const door = await open()
    expect(`${door.createUrl()} ${await linkToOpen(workspace)}`).not.toContain(
      (JSON.parse(readFileSync(file(), 'utf8')) as { secret: string }).secret,
    )
  })
})
