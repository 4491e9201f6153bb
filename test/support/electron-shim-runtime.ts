/** The Electron shim's scripts inside the page: contextBridge and ipcRenderer for the preload, nothing for the page. */

/** What crosses ports here: text as it is, bytes in base64. */
export interface ShimData {
  readonly isBytes: boolean
  readonly text: string
}

/** From the preload's world to main, as JSON. */
export type PageMessage =
  | { readonly type: 'port'; readonly channel: string; readonly message: unknown; readonly port: number }
  | { readonly type: 'data'; readonly port: number; readonly data: ShimData }
  | { readonly type: 'message'; readonly channel: string; readonly message: unknown }

/**
 * In the page's world: makes what the preload exposes, frozen and as data, then forgets how. Its functions are given files, of which
 * they get the path that a test put into `shimPaths` by the file's name.
 */
export const exposeInPage = `{
  const expose = ({ detail }) => {
    const { name, value, functions } = JSON.parse(detail)
    for (const key of functions)
      value[key] = (file) => {
        let answer
        addEventListener('shim-answer', ({ detail }) => (answer = detail), { once: true })
        dispatchEvent(new CustomEvent('shim-call', { detail: JSON.stringify({ key, path: window.shimPaths?.[file.name] ?? '' }) }))
        return answer
      }
    Object.defineProperty(window, name, { value: Object.freeze(value) })
  }
  addEventListener('shim-expose', expose)
  addEventListener('DOMContentLoaded', () => removeEventListener('shim-expose', expose), { once: true })
}`

/** In a world of its own: the preload with the two modules that a sandboxed one may require. */
export function preloadRuntime(preload: string): string {
  return `(() => {
  const ports = []
  globalThis.deliver = (port, { isBytes, text }) => ports[port].postMessage(isBytes ? Uint8Array.fromBase64(text) : text)
  const electron = {
    contextBridge: {
      exposeInMainWorld(name, value) {
        const functions = Object.keys(value).filter((key) => typeof value[key] === 'function')
        dispatchEvent(new CustomEvent('shim-expose', { detail: JSON.stringify({ name, value, functions }) }))
        addEventListener('shim-call', ({ detail }) => {
          const { key, path } = JSON.parse(detail)
          dispatchEvent(new CustomEvent('shim-answer', { detail: value[key]({ path }) }))
        })
      },
    },
    webUtils: { getPathForFile: ({ path }) => path },
    ipcRenderer: {
      // main hears of it before anything that is sent later; nothing here waits for its answer
      sendSync: (channel, message) => toMain(JSON.stringify({ type: 'message', channel, message })),
      postMessage(channel, message, [transferred]) {
        const port = ports.push(transferred) - 1
        toMain(JSON.stringify({ type: 'port', channel, message, port }))
        transferred.onmessage = async ({ data }) => {
          const isBytes = data instanceof Uint8Array
          if (!isBytes && typeof data !== 'string') throw new Error('The shim carries text and bytes only')
          toMain(JSON.stringify({ type: 'data', port, data: { isBytes, text: isBytes ? data.toBase64() : data } }))
        }
      },
    },
  }
  const require = (name) => {
    if (name !== 'electron') throw new Error('a sandboxed preload cannot require ' + name)
    return electron
  }
  const module = { exports: {} }
  ;((require, module, exports) => {
${preload}
  })(require, module, module.exports)
})()`
}
