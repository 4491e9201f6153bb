/** Builds the kernels from AssemblyScript to out/kernels, in three builds. An up-to-date build is left as it is. */
import { globSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type Asc from 'assemblyscript/asc'
import { microKernels } from './micro-kernels.ts'

const room = import.meta.dirname
const source = path.join(room, 'assembly')
const target = path.resolve(room, '..', '..', 'out', 'kernels')

/**
 * Sizes of the micro-kernels: as many sums as sixteen registers hold beside the operands. They were measured to be the
 * fastest of several.
 */
const narrow = { rows: [6, 4, 2, 1], columns: [4, 2, 1] }
const wide = { rows: [6, 4, 2, 1], columns: [10, 8, 4, 2, 1] }

const builds = {
  wide: { features: ['simd', 'bulk-memory', 'relaxed-simd'], sizes: wide },
  'relaxed-simd': { features: ['simd', 'bulk-memory', 'relaxed-simd'], sizes: narrow },
  simd: { features: ['simd', 'bulk-memory'], sizes: narrow },
} as const

if (isStale()) await buildAll()

/**
 * Builds all kernels. Without the compiler, a development dependency, the earlier build or the plain kernels are used.
 */
async function buildAll(): Promise<void> {
  const compiler = await import('assemblyscript/asc').catch(() => null)
  if (!compiler)
    return void process.stderr.write('The fast kernels were not built: AssemblyScript is not installed (npm ci).\n')
  for (const name of Object.keys(builds)) await build(compiler.default, name as keyof typeof builds) // its own keys
}

/** Whether a source is newer than a build, or a build is missing. */
function isStale(): boolean {
  const changed = [import.meta.filename, path.join(room, 'micro-kernels.ts'), ...globSync(`${source}/*.ts`)].map(timeOf)
  const built = Object.keys(builds).map((name) => timeOf(path.join(target, `${name}.wasm`)))
  return Math.max(...changed) > Math.min(...built)
}

function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

async function build(compiler: typeof Asc, name: keyof typeof builds): Promise<void> {
  // the kernels run on the heap of TensorFlow.js, with no memory, data or stack of their own
  const options = ['--optimizeLevel', '3', '--noAssert', '--converge', '--runtime', 'stub', '--importMemory']
  const features = builds[name].features.flatMap((feature) => ['--enable', feature])
  const errors: string[] = []
  const { error } = await compiler.main(['index.ts', ...options, ...features, '--outFile', `${name}.wasm`], {
    stderr: { write: (text) => errors.push(String(text)) > 0 },
    readFile: (file) => (file === 'micro.ts' ? microKernels(builds[name].sizes) : read(path.join(source, file))),
    listFiles: () => [],
    writeFile(file, contents) {
      mkdirSync(target, { recursive: true })
      const part = path.join(target, `${file}.part`)
      writeFileSync(part, contents, { flush: true })
      renameSync(part, path.join(target, file))
    },
  })
  if (error) throw new Error(`The kernels do not compile:\n${errors.join('')}`, { cause: error })
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
