/** The packages of the English tagger, which are optional: whether they are installed, and in which versions. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export const taggerPackages = { program: 'wink-nlp', model: 'wink-eng-lite-web-model' } as const

/** "wink-nlp 2.4.0 with wink-eng-lite-web-model 1.8.1"; null where one of them is not installed. */
export function installedTagger(): string | null {
  const versions = Object.values(taggerPackages).map(versionOf)
  return versions.includes(null) ? null : versions.join(' with ')
}

/** Why parts of speech cannot be found, and what to do; null where they can. */
export function whyNoTagger(installed: () => string | null = installedTagger): string | null {
  if (installed() !== null) return null
  const { program, model } = taggerPackages
  return `Parts of speech are to come from ${program}, which is not installed: npm install ${program} ${model}.`
}

const require = createRequire(import.meta.url)

function versionOf(name: string): string | null {
  try {
    const { version } = JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')) as { version: string }
    return `${name} ${version}`
  } catch {
    return null
  }
}
