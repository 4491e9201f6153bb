/** Packs the command line for machines without a window: `npm run pack:headless`, or with a folder to write into. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'rolldown'
import { common, modulesIn, root, source, threads } from './bundles.ts'
import { copyPackages } from './packages.ts'

/** Bundles, kernels and packages in a folder that npm packs. */
async function stage(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await build({
    ...{ ...common, logLevel: 'warn' },
    input: { espalier: path.join(source, 'cli', 'main.ts'), ...threads },
    output: modulesIn(path.join(folder, 'out', 'main')),
  })
  cpSync(path.join(root, 'out', 'kernels'), path.join(folder, 'out', 'kernels'), { recursive: true })
  for (const name of ['onnx', 'sample', 'vectors', 'published-figures.json'])
    cpSync(path.join(root, 'resources', name), path.join(folder, 'resources', name), {
      ...{ recursive: true, filter: (from) => !from.includes('generator') },
    })
  cpSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'))
  cpSync(path.join(root, 'docs', 'scale-out.md'), path.join(folder, 'README.md'))
  mkdirSync(path.join(folder, 'bin'))
  cpSync(path.join(source, 'headless', 'bin.js'), path.join(folder, 'bin', 'espalier.js'))
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest(copyPackages(root, folder)), null, 2)}\n`)
}

function manifest(dependencies: Readonly<Record<string, string>>): object {
  const own = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Readonly<Record<string, string>>
  const { version, license, author } = own
  return {
    ...{ name: 'espalier-headless', version, license, author, type: 'module' },
    description: 'Joint entity and relation extraction on the command line, without a window',
    bin: { espalier: 'bin/espalier.js' },
    engines: { node: '>=24' },
    files: ['bin', 'out', 'resources', 'LICENSE', 'README.md'],
    ...{ dependencies, optionalDependencies: {}, bundleDependencies: Object.keys(dependencies) },
  }
}

const target = path.resolve(process.argv[2] ?? path.join(root, 'out'))
const folder = path.join(root, 'out', `headless-${process.pid}`)
try {
  await stage(folder)
  mkdirSync(target, { recursive: true })
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['pack', '--silent', '--pack-destination', target]
  const name = execFileSync(npm, args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' })
  process.stdout.write(`${path.join(target, name.trim())}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
