/** npm run setup:gpu and setup:cpu: TensorFlow's own library behind TensorFlow.js, for NVIDIA cards or for the processor. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { bindings, type BindingName } from './binding.ts'
import { installBinding, type LibraryOrigin } from './build-binding.ts'
import { findInFolder, findInPython } from './tensorflow-library.ts'

const usage = `npm run setup:gpu -- [--library <folder> | --python <program> | --published]
npm run setup:cpu -- [the same]

Installs the binding between TensorFlow.js and TensorFlow's own library, for NVIDIA cards or for the processor.
  --library <folder>  folder with libtensorflow_cc.so.2 or libtensorflow.so, libtensorflow_framework.so.2 and include/
  --python <program>  the Python whose package tensorflow is taken when nothing else is named (default: python3)
  --published         the library of 2022 that the published package downloads (TensorFlow 2.9.1, CUDA 11.2)`

interface Options {
  readonly name: BindingName
  readonly library: string | undefined
  readonly python: string
  readonly isPublished: boolean
}

/** Runs the program and returns its exit status: 0 done, 1 failed, 2 wrong arguments. */
export function setupTensorflow(args: readonly string[], root: string, tell: (message: string) => void): 0 | 1 | 2 {
  const options = readOptions(args)
  if (options === null) {
    tell(usage)
    return 2
  }
  const { name } = options
  try {
    const origin = findLibrary(options)
    if (origin !== 'published') tell(`Found ${origin.library}`)
    const device = installBinding({ name, version: versionOf(root), origin, root, tell })
    tell(
      `Done: ${bindings[name].package} computes on ${device}. "npm run -s espalier -- doctor" lists the backend ${name}.`,
    )
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
        gpu: { type: 'boolean', default: false },
        cpu: { type: 'boolean', default: false },
        library: { type: 'string' },
        python: { type: 'string' },
        published: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    const { gpu, cpu, library, python, published, help } = values
    const origins = [library, python, published || undefined].filter((origin) => origin !== undefined)
    if (help || gpu === cpu || origins.length > 1) return null
    return { name: gpu ? 'tensorflow-gpu' : 'tensorflow', library, python: python ?? 'python3', isPublished: published }
  } catch {
    return null
  }
}

/** @throws Error when the library is not there, or is of the other kind. */
function findLibrary({ name, library, python, isPublished }: Options): LibraryOrigin {
  if (isPublished) return 'published'
  refuseOtherSystems(process.platform)
  if (library !== undefined) return findInFolder(library, bindings[name].setup)
  const found = findInPython(python, bindings[name].setup)
  if (name === 'tensorflow-gpu' && found.isForGpu === false)
    throw new Error(
      `The package tensorflow of ${python} is one for the processor. For an NVIDIA card: python3 -m pip install ` +
        `"tensorflow[and-cuda]". For the processor: ${bindings.tensorflow.setup}`,
    )
  return found
}

function refuseOtherSystems(platform: NodeJS.Platform): void {
  if (platform === 'linux' || platform === 'darwin') return
  throw new Error(
    'TensorFlow publishes no C library for NVIDIA cards on Windows any more: use the backend webgpu there, which needs ' +
      'nothing but the driver of the card, or run Espalier inside WSL. --published takes the library of 2022.',
  )
}

/** The binding has the version of TensorFlow.js' core, with which it shares a process. */
function versionOf(root: string): string {
  const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const version = dependencies['@tensorflow/tfjs-core']
  if (version === undefined) throw new Error('package.json names no version of @tensorflow/tfjs-core.')
  return version
}

if (import.meta.main || process.argv[1] === import.meta.filename) {
  const root = path.resolve(import.meta.dirname, '..', '..')
  process.exitCode = setupTensorflow(process.argv.slice(2), root, (message) => process.stdout.write(`${message}\n`))
}
