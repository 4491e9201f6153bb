/** setup:gpu and setup:cpu: what they take for a library, how it is laid out, and that a failed attempt changes nothing. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { layOut } from '#main/backends/build-binding'
import { findInFolder, findInPython } from '#main/backends/tensorflow-library'
import { setupTensorflow } from '#main/backends/setup-tensorflow'
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

const setup = 'npm run setup:gpu'

const pythonPackage = {
  'libtensorflow_cc.so.2': '',
  'libtensorflow_framework.so.2': '',
  'include/tensorflow/c/c_api.h': '',
}

describe('a library', () => {
  it('is that of a Python package, or that of TensorFlow for C', () => {
    const python = writeFiles(temporaryFolder(), pythonPackage)
    expect(findInFolder(python, setup)).toEqual({
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
    expect(findInFolder(c, setup)).toMatchObject(found)
    expect(findInFolder(path.join(c, 'lib'), setup)).toMatchObject(found)
  })

  it('is refused with what is missing and where it can be had', () => {
    const folder = writeFiles(temporaryFolder(), { 'libtensorflow_cc.so.2': '' })
    expect(() => findInFolder(folder, setup)).toThrow(
      `${folder} holds no libtensorflow_framework.so.2, no include/tensorflow/c/c_api.h. Install it (python3 -m pip`,
    )
    expect(() => findInFolder(path.join(folder, 'nowhere'), setup)).toThrow('There is no folder')
  })

  it.runIf(isLinux)('is asked of Python, which also knows whether it is one for NVIDIA cards', () => {
    const library = writeFiles(temporaryFolder(), pythonPackage)
    const answer = `\n${JSON.stringify([library, true])}`
    const python = writeProgram(path.join(library, 'python'), `#!/bin/sh\necho noise\nprintf '%s' '${answer}'\n`)
    expect(findInPython(python, setup)).toMatchObject({ include: path.join(library, 'include'), isForGpu: true })
    const without = writeProgram(path.join(library, 'python2'), '#!/bin/sh\nexit 1\n')
    expect(() => findInPython(without, setup)).toThrow(`${without} does not find its package tensorflow. Install it`)
  })

  it.runIf(isLinux)('is laid out under the names that the binding is linked with, and stays where it is', () => {
    const library = findInFolder(writeFiles(temporaryFolder(), pythonPackage), setup)
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
describe.runIf(isLinux)('setup of a binding', () => {
  const name = '@tensorflow/tfjs-node'
  let root: string
  let library: string
  let told: string[]

  beforeEach(() => {
    root = writeFiles(temporaryFolder(), {
      'package.json': JSON.stringify({ dependencies: { '@tensorflow/tfjs-core': '4.22.0' } }),
      'native/tensorflow/former.txt': '',
    })
    const modules = path.join(root, 'node_modules', '@tensorflow')
    mkdirSync(modules, { recursive: true })
    const core = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json'))
    symlinkSync(core, path.join(modules, 'tfjs-core'))
    symlinkSync(path.join(path.dirname(core), 'tfjs-backend-cpu'), path.join(modules, 'tfjs-backend-cpu'))
    library = writeFiles(temporaryFolder(), pythonPackage)
    told = []
    vi.stubEnv('npm_execpath', '')
    return () => vi.unstubAllEnvs()
  })

  const setUp = (...args: string[]): number => setupTensorflow(args, root, (message) => told.push(message))
  const inProject = (...names: string[]): string => path.join(root, 'native', ...names)

  /** Of npm's arguments the last is the package, and the one after --prefix the folder. */
  function fakeNpm({ compiler = 'process.exit(1)', index = trains, installer = 'process.exit(1)' }): void {
    const source = writeFiles(temporaryFolder(), {
      'package.json': '{}',
      'dist/index.js': index,
      'scripts/install.js': installer,
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
cp -r "${source}/package.json" "${source}/dist" "${source}/scripts" "$place"
cp -r "${source}/dependencies/@mapbox" "$2/node_modules"
cp -r "${source}/dependencies/@tensorflow/tfjs-core" "$2/node_modules/@tensorflow"
`,
    )
    vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`)
  }

  const compiler = `require('node:fs').writeFileSync('built.json', JSON.stringify([process.env.LDFLAGS, ...process.argv]))`
  const trains = `
const tf = require('@tensorflow/tfjs-core')
const { MathBackendCPU } = require('@tensorflow/tfjs-backend-cpu')
tf.copyRegisteredKernels('cpu', 'tensorflow')
tf.registerBackend('tensorflow', () => new MathBackendCPU())`

  function expectNothingChanged(): void {
    expect(readdirSync(inProject())).toEqual(['tensorflow'])
    expect(readdirSync(inProject('tensorflow'))).toEqual(['former.txt'])
    expect(told.at(-1)).toBe('Nothing was installed or changed.')
  }

  it('puts the binding into the project, where npm leaves it alone, when it trains', () => {
    fakeNpm({ compiler })
    expect([setUp('--cpu', '--library', library), told.at(-1)]).toEqual([
      0,
      `Done: ${name} computes on the processor. "npm run -s espalier -- doctor" lists the backend tensorflow.`,
    ])
    expect(readdirSync(inProject())).toEqual(['tensorflow'])
    const folder = inProject('tensorflow')
    expect(readdirSync(folder).toSorted()).toEqual([
      ...['built.json', 'deps', 'dist', 'node_modules', 'package.json', 'scripts'],
    ])
    expect(existsSync(path.join(folder, 'node_modules', '@tensorflow', 'tfjs-core'))).toBe(false)
    const [linking, , , ...args] = JSON.parse(readFileSync(path.join(folder, 'built.json'), 'utf8')) as string[]
    expect(linking).toContain(`-Wl,-rpath,'${library}'`)
    expect(args.slice(0, 2)).toEqual(['install', '--build-from-source'])
  })

  it('takes the package for NVIDIA cards when it is told to', () => {
    fakeNpm({ compiler })
    expect(setUp('--gpu', '--library', library)).toBe(0)
    expect(existsSync(inProject('tensorflow-gpu', 'deps', 'lib', 'libtensorflow.so'))).toBe(true)
    expect(readdirSync(inProject('tensorflow'))).toEqual(['former.txt'])
  })

  it('downloads the published library only where it is asked for', () => {
    const installer = `require('node:fs').writeFileSync('asked.txt', process.argv.slice(2).join(' '))`
    fakeNpm({ installer })
    expect(setUp('--gpu', '--published')).toBe(0)
    expect(readFileSync(inProject('tensorflow-gpu', 'asked.txt'), 'utf8')).toBe('gpu download')
    expect(existsSync(inProject('tensorflow-gpu', 'built.json'))).toBe(false)
  })

  it.each([
    ['does not compile', { compiler: 'console.error("no g++"); process.exit(1)' }, /could not be compiled.*no g\+\+/s],
    ['does not load', { compiler, index: 'throw new Error("no libcudart")' }, /does not train.*no libcudart/s],
    [
      'computes nonsense',
      {
        compiler,
        index: `${trains}
tf.registerKernel({ kernelName: 'Sub', backendName: 'tensorflow', kernelFunc: ({ inputs: { a } }) => (a) })`,
      },
      /does not train/,
    ],
  ])('leaves everything as it was when the binding %s', (_, broken, reason) => {
    fakeNpm(broken)
    expect(setUp('--cpu', '--library', library)).toBe(1)
    expect(told.at(-2)).toMatch(reason)
    expectNothingChanged()
  })

  it('leaves everything as it was when the published library cannot be downloaded', () => {
    fakeNpm({ installer: 'console.error("ENOTFOUND"); process.exit(1)' })
    expect(setUp('--cpu', '--published')).toBe(1)
    expect(told.at(-2)).toMatch(/could not be downloaded.*ENOTFOUND/s)
    expectNothingChanged()
  })

  it('leaves everything as it was when the package cannot be fetched', () => {
    const bin = temporaryFolder()
    writeProgram(path.join(bin, 'npm'), '#!/bin/sh\necho no network >&2\nexit 1\n')
    vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`)
    expect(setUp('--cpu', '--library', library)).toBe(1)
    expect(told.at(-2)).toMatch(/npm could not fetch the package.*no network/s)
    expectNothingChanged()
    rmSync(inProject(), { recursive: true })
    expect(setUp('--cpu', '--library', library)).toBe(1)
    expect(existsSync(inProject())).toBe(false)
  })

  it('leaves everything as it was when there is no library, or one of the other kind', () => {
    expect(setUp('--cpu', '--library', path.join(root, 'nowhere'))).toBe(1)
    expect(told.at(-2)).toContain('There is no folder')
    expectNothingChanged()
    const answer = JSON.stringify([library, false])
    const python = writeProgram(path.join(library, 'python'), `#!/bin/sh\nprintf '%s' '${answer}'\n`)
    expect(setUp('--gpu', '--python', python)).toBe(1)
    expect(told.at(-2)).toContain('is one for the processor. For an NVIDIA card: python3 -m pip install')
    expectNothingChanged()
  })

  it.each([
    [['--help', '--gpu']],
    [[]],
    [['--gpu', '--cpu']],
    [['--gpu', '--published', '--library', 'x']],
    [['--gpu', '--libary', 'x']],
    [['--gpu', 'somewhere']],
  ])('says how it is used after %j', (args) => {
    expect(setUp(...args)).toBe(2)
    expect(told.join('\n')).toContain('npm run setup:gpu -- [--library <folder>')
  })
})

it('is left to those who ask for it: no installation brings a binding', () => {
  const { packages } = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>
  }
  expect(Object.keys(packages).filter((name) => name.includes('tfjs-node'))).toEqual([])
})
