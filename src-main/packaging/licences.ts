/** The licences of everything that the installable program carries, in one text that travels with it. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { carriedPackages, type Carried } from './carried.ts'

/**
 * @param root the folder of the project, installed and built.
 * @throws Error that names a package of which no licence text can be found.
 */
export function gatherLicences(root: string): string {
  const sections = carriedPackages(root).map((each) => describe(root, each))
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

function describe(root: string, carried: Carried): string {
  const { folder, name, version, license = 'see below' } = carried
  const files = globSync('{licen[cs]e,LICEN[CS]E,copying,COPYING,notice,NOTICE}{,[-.]*}', {
    cwd: path.join(root, folder),
  })
  const texts = files.toSorted().map((file) => readFileSync(path.join(root, folder, file), 'utf8').trim())
  const text = texts.length > 0 ? texts.join('\n\n') : standardText(root, carried)
  return `${name} ${version} (${license})\n\n${text}`
}

/** The text of a licence that a package names without including it. */
function standardText(root: string, { name, license = '', author }: Carried): string {
  const file = path.join(root, 'resources', 'licences', `${license}.txt`)
  const holder = typeof author === 'string' ? author : author?.name
  if (!existsSync(file))
    throw new Error(
      `The package ${name} has no licence text, and none stands in resources/licences for "${license}": add ${license}.txt there.`,
    )
  return `Copyright (c) ${holder ?? `the authors of ${name}`}\n\n${readFileSync(file, 'utf8').trim()}`
}
