/** Looks for a newer version, when a person asks for it and never by itself. It is the only thing that this program asks of the network. */
import { readFileSync } from 'node:fs'

export interface UpdateAnswer {
  readonly message: string
  readonly detail: string
}

const patienceMs = 10_000

/**
 * Asks `latest.json` below the address that package.json names as homepage: `{"version": "1.2.0"}`.
 * @param manifest path of package.json.
 */
export async function checkForUpdates(manifest: string, get: typeof fetch = fetch): Promise<UpdateAnswer> {
  const { version, homepage = '' } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    version: string
    homepage?: string
  }
  const home = URL.parse(homepage)
  if (home?.protocol !== 'https:' || home.hostname.endsWith('.invalid'))
    return {
      message: 'This build names no place for updates',
      detail: `It is version ${version}. Whoever built it knows of newer ones.`,
    }
  try {
    const answer = await get(new URL('latest.json', home), {
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    })
    const latest: unknown = answer.ok ? await answer.json() : null
    const newest = typeof latest === 'object' && latest !== null ? (Reflect.get(latest, 'version') as unknown) : null
    if (typeof newest !== 'string' || !/^\d+\.\d+\.\d+$/.test(newest))
      return { message: 'No answer that says which version is the newest', detail: `${home.href} was asked.` }
    if (!isNewer(newest, version)) return { message: 'This is the newest version', detail: `Espalier ${version}` }
    return { message: `Version ${newest} is there`, detail: `This is ${version}. Fetch the new one from ${home.href}` }
  } catch {
    return { message: 'The network gave no answer', detail: `${home.href} was asked. Nothing else was sent.` }
  }
}

function isNewer(one: string, other: string): boolean {
  const [left, right] = [one, other].map((version) => version.split('.').map((part) => Number.parseInt(part)))
  const at = left?.findIndex((part, place) => part !== right?.[place]) ?? -1
  return at >= 0 && (left?.[at] ?? 0) > (right?.[at] ?? 0)
}
