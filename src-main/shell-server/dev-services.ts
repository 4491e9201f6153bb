/** The half of `npm run dev` that starts again when a file of src-main changes: the services, on the port it is given. */
import { parseArgs } from 'node:util'
import { openServices } from '#main/services/services'
import { ensureSample } from '#main/services/system/sample'
import { createProcessHost } from '#main/compute/host'
import { createPageHost } from '#main/compute/page-host'
import { openDoor } from './door.ts'
import { closeAtWorst, guardProcess } from './last-resort.ts'
import { windowFolder } from './window-build.ts'

/** Sent once it serves. */
export interface Serving {
  readonly origin: string
  /** The part of a link that lets a browser in. */
  readonly search: string
}

const { values } = parseArgs({ options: { workspace: { type: 'string', default: '' }, port: { type: 'string' } } })
guardProcess()
const { workspace } = values
const pages = createPageHost(createProcessHost())
const { handlers, uploads, close } = await openServices({ workspace, compute: pages })
closeAtWorst(close)
await ensureSample(handlers)
const port = Number(values.port ?? 0)
const server = await openDoor({ workspace, handlers, pages, uploads, port, windowFolder, log: console.error })
const serving: Serving = { origin: server.origin, search: new URL(server.createUrl()).search }
process.send?.(serving)

process.on('SIGINT', () => undefined) // a terminal sends Ctrl+C to both halves: the other one says when to end
process.once('disconnect', () => void server.close().then(close))
