/** Location of TensorFlow's own library: in a folder that the user names, or in Python's package tensorflow. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** A library that the binding can be built against. All paths are absolute. */
export interface TensorflowLibrary {
  /** Path of libtensorflow_cc.so.2 or libtensorflow.so. */
  readonly library: string
  /** Path of libtensorflow_framework.so.2. */
  readonly framework: string
  /** Folder that contains tensorflow/c/c_api.h. */
  readonly include: string
  /** Whether it was built for NVIDIA cards; null when that is not known. */
  readonly isForGpu: boolean | null
}

const libraryName = /^libtensorflow(_cc)?\.(so|dylib)([.\d]*)$|^libtensorflow(_cc)?\.\d+\.dylib$/
const frameworkName = /^libtensorflow_framework(\.\d+)*\.(so|dylib)([.\d]*)$/

/**
 * Finds the library in a folder, for the command `setup`. @throws Error that says what is missing and where to get it.
 */
export function findInFolder(folder: string, setup: string): TensorflowLibrary {
  const root = path.resolve(folder)
  if (!existsSync(root)) throw new Error(`There is no folder ${root}. ${wayOut(setup)}`)
  const places = [root, path.join(root, 'lib')].filter((place) => existsSync(place))
  const find = (name: RegExp): string | undefined =>
    places.flatMap((place) => filesNamed(place, name)).toSorted((a, b) => a.length - b.length)[0]
  const library = find(libraryName)
  const framework = find(frameworkName)
  const include = [root, path.dirname(root)]
    .map((place) => path.join(place, 'include'))
    .find((place) => existsSync(path.join(place, 'tensorflow', 'c', 'c_api.h')))
  const missing = [
    ...(library ? [] : ['libtensorflow_cc.so.2 or libtensorflow.so']),
    ...(framework ? [] : ['libtensorflow_framework.so.2']),
    ...(include ? [] : ['include/tensorflow/c/c_api.h']),
  ]
  if (!library || !framework || !include) throw new Error(`${root} holds no ${missing.join(', no ')}. ${wayOut(setup)}`)
  return { library, framework, include, isForGpu: null }
}

const question = [
  'import json, tensorflow as tf',
  "print('\\n' + json.dumps([tf.sysconfig.get_lib(), bool(tf.sysconfig.get_build_info().get('is_cuda_build'))]))",
].join('\n')

/** Finds the library in this Python's package tensorflow. @throws Error when it has none. */
export function findInPython(python: string, setup: string): TensorflowLibrary {
  let answer: string
  try {
    answer = execFileSync(python, ['-c', question], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    throw new Error(`${python} does not find its package tensorflow. ${wayOut(setup)}`)
  }
  const [folder, isForGpu] = JSON.parse(answer.trim().split('\n').at(-1) ?? '') as [string, boolean] // its last line
  return { ...findInFolder(folder, setup), isForGpu }
}

const wayOut = (setup: string): string =>
  'Install it (python3 -m pip install "tensorflow[and-cuda]" for an NVIDIA card, tensorflow-cpu for the processor), ' +
  `or name a folder with TensorFlow’s C library: ${setup} -- --library <folder>. ` +
  `"${setup} -- --published" downloads the library of 2022.`

function filesNamed(folder: string, name: RegExp): string[] {
  return readdirSync(folder)
    .filter((file) => name.test(file))
    .map((file) => path.join(folder, file))
}
