/** What the program writes, nobody else on the machine can read: database, checkpoints, encoders, states, measurements. */
import { chmodSync, globSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runRequest } from '#main/api/runs'
import { openServices, type Services } from '#main/services/services'
import { createProcessHost } from '#main/compute/host'
import { bertFolder } from '../support/bert-folder.ts'
import { importTiny, temporaryFolder } from '../support/services.ts'

/** Everything in the folder, itself included, that others have a permission on. */
function openPlaces(folder: string): string[] {
  return ['.', ...globSync('**', { cwd: folder })]
    .map((name) => ({ name, mode: statSync(path.join(folder, name)).mode & 0o777 }))
    .filter(({ mode }) => (mode & 0o077) !== 0)
    .map(({ name, mode }) => `${name} ${mode.toString(8)}`)
}

/** Services on `home/workspace`, with `home/config` beside it. */
async function open(home: string, entry?: URL): Promise<Services> {
  const [workspace, config] = [path.join(home, 'workspace'), path.join(home, 'config')]
  const services = await openServices({ workspace, config, compute: createProcessHost(entry) })
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    await services.close()
  }
  onTestFinished(close)
  return { ...services, close }
}

/** A machine whose backends are measured at once. */
const quickToMeasure = new URL('../support/two-cards-entry.ts', import.meta.url)

/** Trains for one epoch with a frozen encoder, whose states are kept, and reads with it. */
async function useEverything(services: Services): Promise<void> {
  const { handlers } = services
  const corpusId = await importTiny(services, { train: 12, dev: 6, test: 6 })
  const encoder = { folder: bertFolder, isFrozen: true }
  const training = { epochs: 1, batchSize: 10 }
  const asked = runRequest.parse({ corpusId, variants: ['mtl'], seeds: [1], encoder, training, backend: 'wasm' })
  const events = await handlers.system.events()
  await handlers.runs.start(asked)
  for await (const event of events) if (event.type === 'run' && event.run.status === 'finished') break
}

describe.skipIf(process.platform === 'win32')('a workspace', () => {
  it('is its owner’s alone, with the measurements beside it, from its first second on', async () => {
    const umask = process.umask(0)
    try {
      const home = temporaryFolder()
      const services = await open(home)
      expect(openPlaces(home)).toEqual([])
      await useEverything(services)
      await services.close()
      const measuring = await open(home, quickToMeasure)
      expect((await measuring.handlers.system.doctor()).workspace.isPrivate).toBe(true)
      const made = globSync('{workspace/{checkpoints,encoders,states},config}/**', { cwd: home }).map((file) =>
        path.basename(file),
      )
      expect(made).toEqual(expect.arrayContaining(['weights.safetensors', 'model.safetensors', 'machine.json']))
      expect(made.some((name) => name.endsWith('.states'))).toBe(true)
      expect(openPlaces(home)).toEqual([])
      await measuring.close()
      expect(openPlaces(home)).toEqual([])
    } finally {
      process.umask(umask)
    }
  })

  it('from before, which everybody could read, is mended when it is opened', async () => {
    const home = temporaryFolder()
    const services = await open(home)
    await useEverything(services)
    await services.close()
    mkdirSync(path.join(home, 'workspace', 'browser', 'Default'), { recursive: true })
    for (const name of globSync('*/**', { cwd: home })) {
      const place = path.join(home, name)
      chmodSync(place, statSync(place).isDirectory() ? 0o755 : 0o644)
    }
    const again = await open(home, quickToMeasure)
    expect(openPlaces(home)).toEqual([])
    expect((await again.handlers.system.doctor()).workspace.isPrivate).toBe(true)
  })
})
