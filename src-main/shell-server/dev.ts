/**
 * npm run dev: a workspace of its own with the sample, the services started again whenever a file of src-main changes, and
 * Vite in front of them with the window's source, which changes in the open page.
 */
import { watch } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createServer, type Plugin, type ViteDevServer } from 'vite'
import type { Serving } from './dev-services.ts'
import { aboutLinks, offerFreshLinks } from './fresh-links.ts'
import { guardProcess } from './last-resort.ts'
import { linkToOpen } from './open-program.ts'
import { keepRunning } from './restarting.ts'
import { root } from './window-build.ts'

/** Not the person's own, and safe to delete. */
const devWorkspace = path.join(root, 'out', 'dev-workspace')
/** Editors write a file in several strokes. */
const pauseMs = 150
const event = 'espalier:restarted'

const { values } = parseArgs({ options: { workspace: { type: 'string', default: devWorkspace } } })
guardProcess()
let vite: ViteDevServer | null = null
let port = '0'

const services = keepRunning<Serving>({
  program: path.join(import.meta.dirname, 'dev-services.ts'),
  words: () => ['--workspace', values.workspace, '--port', port],
  onMessage: (serving) => void show(serving),
  log: console.error,
})

let timer: NodeJS.Timeout | undefined
const watcher = watch(path.join(root, 'src-main'), { recursive: true }, (_, name) => {
  if (!name?.endsWith('.ts')) return
  clearTimeout(timer)
  timer = setTimeout(() => {
    console.log(`src-main/${name} changed: the services start again.`)
    services.restart()
  }, pauseMs)
})

/** Vite starts with the first services that serve: they keep their port from then on. */
async function show({ origin, search }: Serving): Promise<void> {
  port = new URL(origin).port
  if (vite) return vite.ws.send(event, { search })
  vite = await createVite(origin)
  await vite.listen()
  printLink(search)
  console.log(aboutLinks)
}

function printLink(search: string): void {
  const [address = ''] = vite?.resolvedUrls?.local ?? []
  console.log(`Open ${address}${search}`)
}

const stopOffering = offerFreshLinks(() => {
  void linkToOpen(values.workspace).then((link) => {
    if (link !== null) printLink(new URL(link).search)
  }, console.error)
})

function createVite(target: string): Promise<ViteDevServer> {
  // the server answers to its own address and origin only, so the proxy speaks in its name
  const proxy = { target, changeOrigin: true, headers: { origin: target } }
  return createServer({
    root: `${root}/src-renderer`,
    configFile: `${root}/src-renderer/vite.config.ts`,
    plugins: [reconnect],
    server: {
      host: '127.0.0.1',
      // the window has a folder of that name, too
      proxy: {
        '/session': proxy,
        '/greeting': proxy,
        '/uploads': proxy,
        '/rpc': { ...proxy, ws: true },
        '^/compute$': { ...proxy, ws: true },
      },
    },
  })
}

/** Opens the page again with a fresh code, at the place where it is, once the services are back. */
const reconnect: Plugin = {
  name: 'espalier:reconnect',
  transformIndexHtml: {
    order: 'pre',
    handler: () => [
      {
        tag: 'script',
        attrs: { type: 'module' },
        children: `import.meta.hot?.on('${event}', ({ search }) => location.replace(location.pathname + search + location.hash))`,
        injectTo: 'head',
      },
    ],
  },
}

process.once('SIGINT', () => void stop())
process.once('SIGTERM', () => void stop())

async function stop(): Promise<void> {
  stopOffering()
  watcher.close()
  await services.stop()
  await vite?.close()
}
