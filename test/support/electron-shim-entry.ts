/**
 * A packaged program in a process of its own, with the shim in Electron's place: `node electron-shim-entry.ts RESOURCES MAIN WORD...`.
 * Of the desktop it prints, as JSON, what its window shows and which requests were refused, and closes the window.
 */
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

const electron = new URL('./electron-shim.ts', import.meta.url).href
registerHooks({
  resolve: (name, context, next) => (name === 'electron' ? { url: electron, shortCircuit: true } : next(name, context)),
})
const { app, shim } = await import('./electron-shim.ts')

const [, , resources = '', main = '', ...words] = process.argv
Object.assign(process, { resourcesPath: resources, argv: ['espalier', ...words] })
Object.assign(app, { isPackaged: true })
app.on('quit', (_: unknown, code: number) => process.exit(code))
await shim.start(() => import(pathToFileURL(main).href))

if (words[0] !== '--cli') {
  while (shim.windows.length + shim.errorBoxes.length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
  const [window] = shim.windows
  const shown = await window?.page
  await shown?.page.getByRole('heading', { name: 'Corpora' }).first().waitFor()
  const text = await shown?.page.locator('main').innerText()
  process.stdout.write(
    JSON.stringify({ text, complaints: shown?.complaints, refused: shim.refused, errors: shim.errorBoxes }),
  )
  await window?.shimClose()
}
