/** npm run dev: the services on one port, and Vite in front of them with the window's source, reloaded as it changes. */
import { parseArgs } from 'node:util'
import { createServer } from 'vite'
import { openServices } from '#main/services/services'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { createProcessHost } from '#main/compute/host'
import { createPageHost } from '#main/compute/page-host'
import { startServer } from './http.ts'
import { closeAtWorst, guardProcess } from './last-resort.ts'
import { root, windowFolder } from './window-build.ts'

const { values } = parseArgs({ options: { workspace: { type: 'string', default: defaultWorkspace() } } })
guardProcess()
const pages = createPageHost(createProcessHost())
const { handlers, close } = await openServices({ workspace: values.workspace, compute: pages })
closeAtWorst(close)
const server = await startServer({ handlers, pages, port: 0, windowFolder, log: console.error })

// the server answers to its own address and origin only, so the proxy speaks in its name
const proxy = { target: server.origin, changeOrigin: true, headers: { origin: server.origin } }
const vite = await createServer({
  root: `${root}/src-renderer`,
  configFile: `${root}/src-renderer/vite.config.ts`,
  server: {
    host: '127.0.0.1',
    // the window has a folder of that name, too
    proxy: { '/session': proxy, '/rpc': { ...proxy, ws: true }, '^/compute$': { ...proxy, ws: true } },
  },
})
await vite.listen()
const [address = ''] = vite.resolvedUrls?.local ?? []
console.log(`Open ${address}${new URL(server.createUrl()).search}`)

process.once('SIGINT', () => {
  void vite
    .close()
    .then(() => server.close())
    .then(close)
})
