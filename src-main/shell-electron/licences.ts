/** The licences of everything that the installable program carries, in one text that travels with it. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The part of `package-lock.json` that is read here. */
interface Locked {
  readonly dev?: boolean
  readonly optional?: boolean
  readonly devOptional?: boolean
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: string | { readonly name: string }
}

/** Names of optional packages that the program carries where they are installed. */
const optional = ['wink-nlp', 'wink-eng-lite-web-model']

/** Name of the package whose standard library is compiled into the kernels, though the package itself is only used to build. */
const inKernels = ['assemblyscript']

/**
 * @param root the folder of the project, installed and with the window built.
 * @throws Error that names a package of which no licence text can be found.
 */
export function gatherLicences(root: string): string {
  const present = optional.filter((name) => existsSync(path.join(root, 'node_modules', name)))
  const named = [...inKernels, ...present].map((name) => `node_modules/${name}`)
  const folders = new Set([...production(root), ...inWindow(root), ...named])
  const sections = [...folders].toSorted().map((folder) => describe(root, folder))
  const own = readFileSync(path.join(root, 'LICENSE'), 'utf8').trim()
  return `${[`Espalier\n\n${own}`, ...sections, wordVectors(root)].join(`\n\n${'='.repeat(80)}\n\n`)}\n`
}

/** The notes on the word vectors that come with the program, and the licence of the package that they were taken from. */
function wordVectors(root: string): string {
  const [notes, licence] = ['NOTICE.md', 'LICENSE-wink.txt'].map((name) =>
    readFileSync(path.join(root, 'resources', 'vectors', name), 'utf8').trim(),
  )
  return `Word vectors (PDDL 1.0)\n\n${notes}\n\n${licence}`
}

/** The folders of packages that a program without its development dependencies needs, in a bundle or beside it. */
function production(root: string): string[] {
  const { packages } = readJson(path.join(root, 'package-lock.json')) as { packages: Record<string, Locked> }
  return Object.entries(packages)
    .filter(([folder, { dev, optional, devOptional }]) => folder !== '' && !dev && !optional && !devOptional)
    .map(([folder]) => folder)
}

/** The folders of packages that Vite has put into the window, fonts among them. */
function inWindow(root: string): string[] {
  const file = path.join(root, 'out', 'window', 'licences.json')
  if (!existsSync(file)) throw new Error(`${file} is missing: build the window first (npm run build).`)
  return (readJson(file) as readonly { name: string }[]).map(({ name }) => `node_modules/${name}`)
}

function describe(root: string, folder: string): string {
  const manifest = readJson(path.join(root, folder, 'package.json')) as Manifest
  const files = globSync('{licen[cs]e,LICEN[CS]E,copying,COPYING,notice,NOTICE}{,[-.]*}', {
    cwd: path.join(root, folder),
  })
  const texts = files.toSorted().map((file) => readFileSync(path.join(root, folder, file), 'utf8').trim())
  const text = texts.length > 0 ? texts.join('\n\n') : standardText(root, manifest)
  return `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})\n\n${text}`
}

/** The text of a licence that a package names without including it. */
function standardText(root: string, { name, license = '', author }: Manifest): string {
  const file = path.join(root, 'resources', 'licences', `${license}.txt`)
  const holder = typeof author === 'string' ? author : author?.name
  if (!existsSync(file))
    throw new Error(
      `The package ${name} has no licence text, and none stands in resources/licences for "${license}": add ${license}.txt there.`,
    )
  return `Copyright (c) ${holder ?? `the authors of ${name}`}\n\n${readFileSync(file, 'utf8').trim()}`
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
