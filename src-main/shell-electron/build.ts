/**
 * Bundles the program to out/main: the desktop shell, the command line, `npm start` and their threads as ES modules, the preload as one
 * CommonJS file. `run.js` starts a bundle in place of its source, since a thousand modules take three times as long to load.
 */
import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type * as Rolldown from 'rolldown'
import { common, modulesIn, root, source, threads } from '#main/headless/bundles'

const dir = path.join(root, 'out', 'main')
const began = new Date()
const rolldown = await import('rolldown').catch(() => null)
if (rolldown) await bundle(rolldown.build)
else
  process.stderr.write(
    'The program was not bundled, and starts from its sources: rolldown is not installed (npm ci).\n',
  )

async function bundle(build: typeof Rolldown.build): Promise<void> {
  const { output } = await build({
    ...common,
    input: {
      main: path.join(source, 'shell-electron', 'main.ts'),
      espalier: path.join(source, 'cli', 'main.ts'),
      start: path.join(source, 'shell-server', 'start.ts'),
      ...threads,
    },
    output: { ...modulesIn(dir), cleanDir: true },
  })
  // folders of the packages in the bundle: src-main/packaging/carried.ts reads them
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
  const folders = modules.flatMap((id) => packageFolder(path.relative(root, id)) ?? [])
  writeFileSync(path.join(dir, 'packages.json'), JSON.stringify([...new Set(folders)].toSorted()))
  await build({
    ...common,
    input: { preload: path.join(source, 'shell-electron', 'preload.ts') },
    output: { dir, format: 'cjs', entryFileNames: '[name].cjs' },
  })
  // a source that changed meanwhile is newer than what was made
  for (const name of readdirSync(dir)) utimesSync(path.join(dir, name), began, began)
}

/** The folder of the package that a module belongs to, relative to the project; null for a source of our own. */
function packageFolder(module: string): string | null {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module.replaceAll(path.sep, '/'))?.[1] ?? null
}
