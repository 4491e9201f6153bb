/** Bill of materials of the installable program, in CycloneDX: the packages that it carries, as npm knows them. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { carriedPackages, describe } from './carried.ts'
import type { Stamp } from './stamp.ts'

/** The parts of npm's answer that are read here. */
interface Bill {
  readonly metadata: { readonly component: object }
  readonly components: readonly { readonly 'bom-ref': string; readonly properties?: unknown }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

/**
 * The bill as JSON, the same for the same sources.
 * @param root the folder of the project, installed and built.
 * @throws Error when npm cannot tell its packages, or does not know one that is carried.
 */
export function billOfMaterials(root: string, stamp: Stamp): string {
  const bill = askNpm(root)
  const carried = [...carriedPackages(root), describe(root, 'node_modules/electron')]
  const refs = new Set(carried.map(({ name, version }) => `${name}@${version}`))
  const components = bill.components.filter((component) => refs.has(component['bom-ref']))
  const missing = [...refs].filter((ref) => !components.some((component) => component['bom-ref'] === ref))
  if (missing.length > 0) throw new Error(`npm sbom does not know ${missing.join(', ')}: run npm ci, and build again.`)
  const dependencies = bill.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }))
  const content = {
    // npm marks what only building needs; here all of it travels
    components: components.map(({ properties: _, ...component }) => ({ ...component, scope: 'required' })),
    dependencies: [{ ref: `espalier@${stamp.version}`, dependsOn: [...refs] }, ...dependencies],
  }
  return JSON.stringify({ ...header(bill, stamp, content), ...content }, null, 1)
}

function header({ metadata, ...bill }: Bill, { version, sourceDate }: Stamp, content: object): object {
  return {
    ...bill,
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([version, content]))}`,
    metadata: {
      ...metadata,
      timestamp: new Date((sourceDate ?? 0) * 1000).toISOString(),
      component: { ...metadata.component, type: 'application', name: 'espalier', version },
    },
  }
}

function askNpm(root: string): Bill {
  const isWindows = process.platform === 'win32'
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application']
  const answer = execFileSync(isWindows ? 'npm.cmd' : 'npm', words, {
    ...{ cwd: root, encoding: 'utf8', shell: isWindows, maxBuffer: 2 ** 26 },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return JSON.parse(answer) as Bill
}

/** A name-based UUID, in the layout of version 5. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
