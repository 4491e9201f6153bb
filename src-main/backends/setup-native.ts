/** npm run setup:native: TensorFlow's own library behind TensorFlow.js, for CUDA 12 and 13 and for newer processors. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { installBinding, type BindingPackage } from './native-build.ts'
import { findInFolder, findInPython, type NativeLibrary } from './native-library.ts'

const usage = `npm run setup:native -- [--library <folder>] [--python <program>] [--gpu | --cpu]

Builds the binding of TensorFlow.js against a TensorFlow library on this machine.
  --library <folder>  folder with libtensorflow_cc.so.2 or libtensorflow.so, libtensorflow_framework.so.2 and include/
  --python <program>  the Python whose package tensorflow is taken when no folder is named (default: python3)
  --gpu, --cpu        whether the library is one for NVIDIA cards (default: as Python says, else --cpu)`

interface Options {
  readonly library: string | undefined
  readonly python: string
  /** Whether the user asks for a build for NVIDIA cards; null lets the library decide. */
  readonly isForGpu: boolean | null
}

/** Runs the program and returns its exit status: 0 done, 1 failed, 2 wrong arguments. */
export function setupNative(args: readonly string[], root: string, tell: (message: string) => void): 0 | 1 | 2 {
  const options = readOptions(args)
  if (options === null) {
    tell(usage)
    return 2
  }
  try {
    refuseOtherSystems(process.platform)
    const library = options.library === undefined ? findInPython(options.python) : findInFolder(options.library)
    tell(`Found ${library.library}`)
    const name = nameOf(library, options)
    const device = installBinding({
      name,
      version: versionOf(name, root),
      library,
      modules: path.join(root, 'node_modules'),
      tell,
    })
    tell(`Done: ${name} computes on ${device}. "npm run -s espalier -- doctor" shows it on the ladder.`)
    tell('npm ci and npm install put the published package back: run this again after them.')
    return 0
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error))
    tell('Nothing was installed or changed.')
    return 1
  }
}

function readOptions(args: readonly string[]): Options | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        library: { type: 'string' },
        python: { type: 'string', default: 'python3' },
        gpu: { type: 'boolean', default: false },
        cpu: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    const { library, python, gpu, cpu, help } = values
    if (help || (gpu && cpu)) return null
    return { library, python, isForGpu: gpu ? true : cpu ? false : null }
  } catch {
    return null
  }
}

function refuseOtherSystems(platform: NodeJS.Platform): void {
  if (platform === 'linux' || platform === 'darwin') return
  throw new Error(
    'TensorFlow publishes no C library for NVIDIA cards on Windows any more: use the backend webgpu there, which needs ' +
      'nothing but the driver of the card, or run Espalier inside WSL.',
  )
}

function nameOf(library: NativeLibrary, { isForGpu }: Options): BindingPackage {
  return (isForGpu ?? library.isForGpu) ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node'
}

function versionOf(name: BindingPackage, root: string): string {
  const { optionalDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>
  }
  const version = optionalDependencies[name]
  if (version === undefined) throw new Error(`package.json names no version of ${name}: install Espalier again.`)
  return version
}

if (import.meta.main || process.argv[1] === import.meta.filename) {
  const root = path.resolve(import.meta.dirname, '..', '..')
  process.exitCode = setupNative(process.argv.slice(2), root, (message) => process.stdout.write(`${message}\n`))
}
