/**
 * Installation of TensorFlow.js' binding, compiled against a library or downloaded with the one that it was published
 * with. It is made in a folder beside its place and put there only if it trains.
 */
import { execFileSync, type ExecFileSyncOptions } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { bindingFolder, bindings, type BindingName } from './binding.ts'
import type { TensorflowLibrary } from './tensorflow-library.ts'

/** A library on this machine, or the one of 2022 that the published package downloads. */
export type LibraryOrigin = TensorflowLibrary | 'published'

interface BindingSetup {
  readonly name: BindingName
  readonly version: string
  readonly origin: LibraryOrigin
  /** Folder of the project. */
  readonly root: string
  /** Called with a message before each step. */
  tell(message: string): void
}

/**
 * Installs the binding, and returns what the check says of the device. @throws Error of the step that failed; nothing
 * is changed then.
 */
export function installBinding(setup: BindingSetup): string {
  const { name, version, origin, root, tell } = setup
  const place = bindingFolder(root, name)
  mkdirSync(path.dirname(place), { recursive: true })
  // beside its place, since only a folder on the same disk can be moved there in one step
  const workshop = mkdtempSync(path.join(path.dirname(place), '.setup-'))
  try {
    tell(`Fetching ${bindings[name].package}@${version} ...`)
    const folder = fetchPackage(setup, workshop)
    if (origin === 'published') {
      tell('Downloading its library; for NVIDIA cards these are hundreds of megabytes ...')
      download(folder, name)
    } else {
      tell('Compiling the binding; this takes a minute or two ...')
      layOut(folder, origin)
      compile(folder, origin, path.join(root, 'node_modules'))
    }
    tell('Training one step with it ...')
    const device = check(folder)
    exchange(folder, place, path.join(workshop, 'former'))
    return device
  } finally {
    rmSync(workshop, { recursive: true, force: true })
    if (readdirSync(path.dirname(place)).length === 0) rmdirSync(path.dirname(place))
  }
}

/**
 * Fetches the package with all its dependencies inside, except TensorFlow.js' core, of which a process must have only
 * one.
 */
function fetchPackage({ name, version }: BindingSetup, workshop: string): string {
  const published = bindings[name].package
  writeFileSync(path.join(workshop, 'package.json'), '{}')
  // its install script runs later, and only where the library of 2022 is asked for
  const flags = ['--ignore-scripts', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--prefix', workshop]
  runNpm(['install', ...flags, `${published}@${version}`], workshop)
  const fetched = path.join(workshop, 'node_modules')
  const folder = path.join(workshop, 'package')
  renameSync(path.join(fetched, published), folder)
  rmSync(path.join(fetched, '@tensorflow', 'tfjs-core'), { recursive: true, force: true })
  renameSync(fetched, path.join(folder, 'node_modules'))
  return folder
}

/**
 * Lays out the files that the binding's build looks for. The library stays where it is, from where it finds others,
 * such as CUDA's.
 */
export function layOut(folder: string, { library, framework, include }: TensorflowLibrary): void {
  const deps = path.join(folder, 'deps')
  rmSync(deps, { recursive: true, force: true })
  mkdirSync(path.join(deps, 'lib'), { recursive: true })
  symlinkSync(include, path.join(deps, 'include'), 'dir')
  const names =
    process.platform === 'darwin'
      ? { library: 'libtensorflow.2.dylib', framework: 'libtensorflow_framework.2.dylib' }
      : { library: 'libtensorflow.so', framework: 'libtensorflow_framework.so' }
  symlinkSync(library, path.join(deps, 'lib', names.library))
  symlinkSync(framework, path.join(deps, 'lib', names.framework))
}

/** Runs the package's own install script, which downloads a library and a binding that was compiled against it. */
function download(folder: string, name: BindingName): void {
  const programs = path.join(folder, 'node_modules', '.bin')
  try {
    execute(process.execPath, ['scripts/install.js', name === 'tensorflow-gpu' ? 'gpu' : 'cpu', 'download'], {
      cwd: folder,
      env: {
        ...process.env,
        PATH: [programs, path.dirname(process.execPath), process.env['PATH']].join(path.delimiter),
      },
    })
  } catch (error) {
    throw new Error(
      'The published library could not be downloaded: is storage.googleapis.com reachable, and does it have one for ' +
        `${process.platform}-${process.arch}? The package said:\n${lastLines(error)}`,
    )
  }
}

function compile(folder: string, { library }: TensorflowLibrary, modules: string): void {
  const build = createRequire(path.join(folder, 'package.json')).resolve('@mapbox/node-pre-gyp/bin/node-pre-gyp')
  const headers = findHeaders(modules)
  const flags = ['install', '--build-from-source', ...(headers === null ? [] : [`--nodedir=${headers}`])]
  // makes the binding find the library in its place
  const linking = [process.env['LDFLAGS'], `-Wl,-rpath,'${path.dirname(library)}'`].filter(Boolean).join(' ')
  const compiler = findNodeGyp()
  try {
    execute(process.execPath, [build, ...flags], {
      cwd: folder,
      env: {
        ...process.env,
        LDFLAGS: linking,
        ...(compiler === null ? {} : { npm_config_node_gyp: compiler }),
      },
    })
  } catch (error) {
    throw new Error(
      `The binding could not be compiled. It needs a C++ compiler, make and Python (Debian: apt install build-essential ` +
        `python3; macOS: xcode-select --install). The compiler said:\n${lastLines(error)}`,
    )
  }
}

/** Folder of the headers of the running Node, which its package contains; null lets node-gyp fetch them. */
function findHeaders(modules: string): string | null {
  const { platform, arch, execPath } = process
  const own = path.join('node', 'node_modules', `node-${platform === 'win32' ? 'win' : platform}-${arch}`)
  const places = [path.dirname(path.dirname(execPath)), path.join(modules, own), path.join(modules, path.basename(own))]
  return places.find((place) => existsSync(path.join(place, 'include', 'node', 'node_api.h'))) ?? null
}

/** The project's own node-gyp, which knows newer compilers and Pythons than the one in old packages. */
function findNodeGyp(): string | null {
  try {
    return createRequire(import.meta.url).resolve('node-gyp/bin/node-gyp.js')
  } catch {
    return null
  }
}

const checker = path.join(import.meta.dirname, 'check-binding.ts')

function check(folder: string): string {
  try {
    return execute(process.execPath, [checker, folder], {}).trim().split('\n').at(-1) ?? ''
  } catch (error) {
    throw new Error(
      'The binding was built but does not train, so it was not installed. A library for NVIDIA cards also needs the ' +
        `card's driver and the CUDA and cuDNN it was built for. It said:\n${lastLines(error)}`,
    )
  }
}

/** Exchanges the packages in two renames; the former package is restored when the second fails. */
function exchange(folder: string, place: string, former: string): void {
  const hasFormer = existsSync(place)
  if (hasFormer) renameSync(place, former)
  try {
    renameSync(folder, place)
  } catch (error) {
    if (hasFormer) renameSync(former, place)
    throw error
  }
}

function runNpm(args: readonly string[], cwd: string): void {
  const script = process.env['npm_execpath']
  try {
    if (script?.endsWith('.js')) execute(process.execPath, [script, ...args], { cwd })
    else execute('npm', args, { cwd })
  } catch (error) {
    throw new Error(`npm could not fetch the package: is there a network? npm said:\n${lastLines(error)}`)
  }
}

function execute(program: string, args: readonly string[], options: ExecFileSyncOptions): string {
  return execFileSync(program, args, { ...options, encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 28 })
}

/** Last lines that a failed program wrote. */
function lastLines(error: unknown): string {
  const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string } // fields that execFileSync adds
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '')
  return lines.length === 0 ? String(error) : lines.slice(-12).join('\n')
}
