/** setup:native: what it takes for a library, how it lays it out, and that a failed attempt changes nothing. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { layOut } from '#main/backends/native-build'
import { findInFolder, findInPython } from '#main/backends/native-library'
import { setupNative } from '#main/backends/setup-native'
import { temporaryFolder } from '../support/services.ts'

const isLinux = process.platform === 'linux'

function writeFiles(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  return folder
}

function writeProgram(file: string, text: string): string {
  writeFiles(path.dirname(file), { [path.basename(file)]: text })
  chmodSync(file, 0o755)
  return file
}

const pythonPackage = {
  'libtensorflow_cc.so.2': '',
  'libtensorflow_framework.so.2': '',
  'include/tensorflow/c/c_api.h': '',
}

describe('a library', () => {
  it('is that of a Python package, or that of TensorFlow for C', () => {
    const python = writeFiles(temporaryFolder(), pythonPackage)
    expect(findInFolder(python)).toEqual({
      library: path.join(python, 'libtensorflow_cc.so.2'),
      framework: path.join(python, 'libtensorflow_framework.so.2'),
      include: path.join(python, 'include'),
      isForGpu: null,
    })
    const c = writeFiles(temporaryFolder(), {
      'lib/libtensorflow.so': '',
      'lib/libtensorflow.so.2': '',
      'lib/libtensorflow.so.2.18.0': '',
      'lib/libtensorflow_framework.so': '',
      'include/tensorflow/c/c_api.h': '',
    })
    const found = { library: path.join(c, 'lib', 'libtensorflow.so'), include: path.join(c, 'include') }
    expect(findInFolder(c)).toMatchObject(found)
    expect(findInFolder(path.join(c, 'lib'))).toMatchObject(found)
  })

  it('is refused with what is missing and where it can be had', () => {
    const folder = writeFiles(temporaryFolder(), { 'libtensorflow_cc.so.2': '' })
    expect(() => findInFolder(folder)).toThrow(
      `${folder} holds no libtensorflow_framework.so.2, no include/tensorflow/c/c_api.h. Install it (python3 -m pip`,
    )
    expect(() => findInFolder(path.join(folder, 'nowhere'))).toThrow('There is no folder')
  })

  it.runIf(isLinux)('is asked of Python, which also knows whether it is one for NVIDIA cards', () => {
    const library = writeFiles(temporaryFolder(), pythonPackage)
    const answer = `\n${JSON.stringify([library, true])}`
    const python = writeProgram(path.join(library, 'python'), `#!/bin/sh\necho noise\nprintf '%s' '${answer}'\n`)
    expect(findInPython(python)).toMatchObject({ include: path.join(library, 'include'), isForGpu: true })
    const without = writeProgram(path.join(library, 'python2'), '#!/bin/sh\nexit 1\n')
    expect(() => findInPython(without)).toThrow(`${without} does not find its package tensorflow. Install it`)
  })

  it.runIf(isLinux)('is laid out under the names that the binding is linked with, and stays where it is', () => {
    const library = findInFolder(writeFiles(temporaryFolder(), pythonPackage))
    const folder = writeFiles(temporaryFolder(), { 'deps/lib/libtensorflow.so.2.9.1': 'of an earlier attempt' })
    layOut(folder, library)
    const lib = path.join(folder, 'deps', 'lib')
    expect(readdirSync(lib).toSorted()).toEqual(['libtensorflow.so', 'libtensorflow_framework.so'])
    expect(readlinkSync(path.join(lib, 'libtensorflow.so'))).toBe(library.library)
    expect(readlinkSync(path.join(lib, 'libtensorflow_framework.so'))).toBe(library.framework)
    expect(existsSync(path.join(folder, 'deps', 'include', 'tensorflow', 'c', 'c_api.h'))).toBe(true)
  })
})

/** A project with an earlier binding, and an npm whose package does as it is told instead of being compiled. */
describe.runIf(isLinux)('setup:native', () => {
  const name = '@tensorflow/tfjs-node'
  let root: string
  let library: string
  let modules: string
  let told: string[]

  beforeEach(() => {
    root = writeFiles(temporaryFolder(), {
      'package.json': JSON.stringify({ optionalDependencies: { [name]: '4.22.0', [`${name}-gpu`]: '4.22.0' } }),
      [`node_modules/${name}/former.txt`]: '',
    })
    modules = path.join(root, 'node_modules')
    const core = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json'))
    symlinkSync(core, path.join(modules, '@tensorflow', 'tfjs-core'))
    symlinkSync(
      path.join(path.dirname(core), 'tfjs-backend-cpu'),
      path.join(modules, '@tensorflow', 'tfjs-backend-cpu'),
    )
    library = writeFiles(temporaryFolder(), pythonPackage)
    told = []
    vi.stubEnv('npm_execpath', '')
    return () => vi.unstubAllEnvs()
  })

  const setup = (...args: string[]): number => setupNative(args, root, (message) => told.push(message))

  /** Of npm's arguments the last is the package, and the one after --prefix the folder. */
  function fakeNpm({ compiler, index }: { compiler: string; index: string }): void {
    const source = writeFiles(temporaryFolder(), {
      'package.json': '{}',
      'dist/index.js': index,
      [`dependencies/@mapbox/node-pre-gyp/bin/node-pre-gyp`]: compiler,
      [`dependencies/@tensorflow/tfjs-core/index.js`]: 'throw new Error("a second core")',
    })
    const bin = temporaryFolder()
    writeProgram(
      path.join(bin, 'npm'),
      `#!/bin/sh
while [ "$1" != --prefix ]; do shift; done
place="$2/node_modules/${name}"
[ "$3" = "${name}-gpu@4.22.0" ] && place="$place-gpu"
mkdir -p "$place"
cp -r "${source}/package.json" "${source}/dist" "$place"
cp -r "${source}/dependencies/@mapbox" "$2/node_modules"
cp -r "${source}/dependencies/@tensorflow/tfjs-core" "$2/node_modules/@tensorflow"
`,
    )
    vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`)
  }

  const compiles = `require('node:fs').writeFileSync('built.json', JSON.stringify([process.env.LDFLAGS, ...process.argv]))`
  const trains = `
const tf = require('@tensorflow/tfjs-core')
const { MathBackendCPU } = require('@tensorflow/tfjs-backend-cpu')
tf.copyRegisteredKernels('cpu', 'tensorflow')
tf.registerBackend('tensorflow', () => new MathBackendCPU())`

  function expectNothingChanged(): void {
    expect(readdirSync(modules)).toEqual(['@tensorflow'])
    expect(readdirSync(path.join(modules, name))).toEqual(['former.txt'])
    expect(told.at(-1)).toBe('Nothing was installed or changed.')
  }

  it('puts the binding in its place when it trains', () => {
    fakeNpm({ compiler: compiles, index: trains })
    expect([setup('--library', library), told.at(-2)]).toEqual([
      0,
      `Done: ${name} computes on the processor. "npm run -s espalier -- doctor" shows it on the ladder.`,
    ])
    expect(readdirSync(modules)).toEqual(['@tensorflow'])
    const folder = path.join(modules, name)
    expect(readdirSync(folder).toSorted()).toEqual(['built.json', 'deps', 'dist', 'node_modules', 'package.json'])
    expect(existsSync(path.join(folder, 'node_modules', '@tensorflow', 'tfjs-core'))).toBe(false)
    const [linking, , , ...args] = JSON.parse(readFileSync(path.join(folder, 'built.json'), 'utf8')) as string[]
    expect(linking).toContain(`-Wl,-rpath,'${library}'`)
    expect(args.slice(0, 2)).toEqual(['install', '--build-from-source'])
  })

  it('takes the package for NVIDIA cards when it is told to', () => {
    fakeNpm({ compiler: compiles, index: trains })
    expect(setup('--library', library, '--gpu')).toBe(0)
    expect(existsSync(path.join(modules, `${name}-gpu`, 'deps', 'lib', 'libtensorflow.so'))).toBe(true)
    expect(readdirSync(path.join(modules, name))).toEqual(['former.txt'])
  })

  it.each([
    [
      'does not compile',
      'console.error("no compiler"); process.exit(1)',
      trains,
      /could not be compiled.*no compiler/s,
    ],
    ['does not load', compiles, 'throw new Error("libcudart.so.13 is missing")', /does not train.*libcudart\.so\.13/s],
    [
      'computes nonsense',
      compiles,
      `${trains}
tf.registerKernel({ kernelName: 'Sub', backendName: 'tensorflow', kernelFunc: ({ inputs: { a } }) => (a) })`,
      /does not train/,
    ],
  ])('leaves everything as it was when the binding %s', (_, compiler, index, reason) => {
    fakeNpm({ compiler, index })
    expect(setup('--library', library)).toBe(1)
    expect(told.at(-2)).toMatch(reason)
    expectNothingChanged()
  })

  it('leaves everything as it was when the package cannot be fetched', () => {
    const bin = temporaryFolder()
    writeProgram(path.join(bin, 'npm'), '#!/bin/sh\necho no network >&2\nexit 1\n')
    vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`)
    expect(setup('--library', library)).toBe(1)
    expect(told.at(-2)).toMatch(/npm could not fetch the package.*no network/s)
    expectNothingChanged()
  })

  it('leaves everything as it was when there is no library', () => {
    expect(setup('--library', path.join(root, 'nowhere'))).toBe(1)
    expect(told.at(-2)).toContain('There is no folder')
    expectNothingChanged()
  })

  it.each([[['--help']], [['--gpu', '--cpu']], [['--libary', 'x']], [['somewhere']]])(
    'says how it is used after %j',
    (args) => {
      expect(setup(...args)).toBe(2)
      expect(told.join('\n')).toContain('npm run setup:native -- [--library <folder>]')
    },
  )
})
