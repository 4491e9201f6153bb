/** Who may import whom (the table of src-main/README.md): a room without a row here fails. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { circlesIn } from './support/circles.ts'

interface Rule {
  readonly rooms: readonly string[]
  readonly packages: RegExp
  /** Parts of the window that a part of it may import; '' is the files beside the parts (the client). */
  readonly parts?: readonly string[]
}

const nothing = /^$/
const node = /^node:/
const tfjsCore = /^@tensorflow\/tfjs-core$/
const pure = [
  'core',
  'text',
  'document',
  'labels',
  'runs',
  'tagging',
  'evaluation',
  'comparison',
  'charts',
  'experiments',
  'jobs',
  'api',
  'report',
]
/** Rooms that every room may import. */
const common = ['core', 'text']

const windowPackages =
  /^(vue|vue-router|pinia|reka-ui|vite|sigma(\/rendering)?|graphology|echarts(\/.*)?|@lucide\/vue|@orpc\/(client|contract)(\/.*)?|@fontsource-variable\/.*|@vitejs\/plugin-vue|node:.*)$/

const rules: Record<string, Rule> = {
  'src-main/core': { rooms: [], packages: nothing },
  'src-main/text': { rooms: ['core'], packages: nothing },
  'src-main/document': { rooms: [], packages: nothing },
  'src-main/labels': { rooms: ['document'], packages: nothing },
  'src-main/evaluation': { rooms: ['document', 'labels', 'tagging'], packages: nothing },
  'src-main/tagging': { rooms: ['document', 'labels'], packages: nothing },
  'src-main/runs': { rooms: ['document', 'evaluation'], packages: nothing },
  'src-main/comparison': { rooms: ['document', 'evaluation', 'runs'], packages: nothing },
  'src-main/charts': { rooms: ['comparison'], packages: /^echarts\/(charts|components|core|renderers)$/ },
  'src-main/jobs': { rooms: [], packages: nothing },
  'src-main/experiments': { rooms: ['document', 'runs'], packages: /^yaml$/ },
  'src-main/api': {
    rooms: ['document', 'labels', 'runs', 'evaluation', 'comparison', 'experiments', 'jobs'],
    packages: /^(zod|@orpc\/(contract|server))$/,
  },
  'src-main/report': { rooms: ['document', 'evaluation', 'comparison', 'charts', 'runs', 'api'], packages: nothing },
  'src-main/corpora': { rooms: ['document', 'labels'], packages: /^(csv-parse|n3)$/ },
  'src-main/files': { rooms: [], packages: /^(node:|yauzl$|yazl$)/ },
  'src-main/model-folder': {
    rooms: ['files', 'document', 'labels', 'runs', 'evaluation', 'pretrained'],
    packages: node,
  },
  'src-main/onnx': { rooms: ['runs', 'pretrained', 'models'], packages: /^pbf$/ },
  'src-main/storage': {
    rooms: ['files', 'document', 'labels', 'runs', 'evaluation', 'comparison', 'experiments', 'jobs'],
    packages: /^(node:|better-sqlite3$)/,
  },
  'src-main/backends': { rooms: ['runs', 'kernels'], packages: /^(node:|@tensorflow\/)/ },
  'src-main/kernels': {
    rooms: [],
    packages: /^(node:(fs|path|v8)|assemblyscript\/asc|@tensorflow\/tfjs-(core|backend-(wasm|webgpu)))$/,
  },
  'src-main/pretrained': { rooms: ['runs'], packages: /^(@huggingface\/tokenizers|@streamparser\/json)$/ },
  'src-main/models': { rooms: ['document', 'labels', 'tagging', 'runs', 'kernels', 'pretrained'], packages: tfjsCore },
  'src-main/extraction': { rooms: ['document', 'labels', 'tagging', 'runs', 'kernels', 'models'], packages: tfjsCore },
  'src-main/training': {
    rooms: ['document', 'labels', 'tagging', 'runs', 'kernels', 'pretrained', 'models', 'extraction', 'evaluation'],
    packages: tfjsCore,
  },
  'src-main/worker': {
    rooms: [...pure, 'files', 'compute', 'kernels', 'pretrained', 'models', 'extraction', 'training', 'backends'],
    packages: /^(node:(worker_threads|child_process|url|os|fs|path|crypto|module)|@tensorflow\/tfjs-core)$/,
  },
  'src-main/compute': {
    rooms: [...pure, 'files', 'backends', 'pretrained', 'training'],
    packages: /^node:(child_process|url|crypto)$/,
  },
  'src-main/machine': { rooms: ['files', 'runs', 'backends', 'compute'], packages: node },
  'src-main/services': {
    rooms: [
      ...pure,
      'corpora',
      'files',
      'storage',
      'model-folder',
      'onnx',
      'backends',
      'compute',
      'machine',
      'pretrained',
    ],
    packages: node,
  },
  'src-main/shell-server': {
    rooms: ['services', 'api', 'files', 'model-folder', 'document', 'compute', 'machine', 'worker', 'runs'],
    packages: /^(node:|ws$|vite$|@orpc\/)/,
  },
  'src-main/cli': {
    rooms: [...pure, 'files', 'model-folder', 'services', 'compute', 'machine', 'worker', 'shell-server'],
    packages: /^(node:|commander$|@orpc\/)/,
  },
  'src-main/shell-electron': {
    rooms: ['services', 'api', 'files', 'compute', 'machine', 'worker', 'runs', 'shell-server', 'headless', 'cli'],
    packages: /^(node:|electron$|@orpc\/|rolldown$)/,
  },
  'src-main/packaging': { rooms: [], packages: node },
  'src-main/headless': { rooms: [], packages: /^(node:|rolldown$)/ },
  // the same jobs as in the compute worker, so the same rooms; nothing of Node gets into a page's bundle
  'src-renderer/compute': { rooms: ['compute', 'worker', 'backends'], packages: tfjsCore },
  'src-renderer': { rooms: pure, packages: windowPackages, parts: ['base', 'common', 'stores', 'shell', 'compute'] },
  'src-renderer/base': { rooms: pure, packages: windowPackages, parts: [] },
  'src-renderer/common': { rooms: pure, packages: windowPackages, parts: ['base', ''] },
  'src-renderer/stores': { rooms: pure, packages: windowPackages, parts: ['base', 'common', ''] },
  'src-renderer/shell': { rooms: pure, packages: windowPackages, parts: ['base', 'common', 'stores', 'features', ''] },
  // a feature: base, what several features show, stores, and itself; never another feature
  'src-renderer/features': { rooms: pure, packages: windowPackages, parts: ['base', 'common', 'stores', ''] },
}

const root = path.resolve(import.meta.dirname, '..')
const files = globSync('{src-main,src-renderer}/**/*.{ts,vue}', { cwd: root }).filter(
  (f) => !f.includes('node_modules'),
)

/** 'src-main/document', 'src-renderer/base'; 'src-renderer' for the files beside the parts of the window. */
function roomOf(file: string): string {
  const [process = '', room = '', ...rest] = file.split(path.sep)
  return rest.length === 0 ? process : `${process}/${room}`
}

/** 'src-renderer/features/train' of a file of that feature; the room of any other file. */
function featureOf(file: string): string {
  return roomOf(file) === 'src-renderer/features' ? file.split(path.sep).slice(0, 3).join('/') : roomOf(file)
}

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  const source = file.endsWith('.vue')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
    : text
  return ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName)
}

/** The file of the project that an import means, whatever it is spelled like; null for a package. */
function fileOf(importer: string, name: string): string | null {
  if (name.startsWith('#main/')) return path.join('src-main', `${name.slice('#main/'.length)}.ts`)
  if (name.startsWith('#window/')) return path.join('src-renderer', name.slice('#window/'.length))
  return name.startsWith('.') ? path.join(path.dirname(importer), name) : null
}

function violationsOf(file: string): string[] {
  const room = roomOf(file)
  const rule = rules[room]
  if (!rule) return [`${file}: the room ${room} has no row in this table`]
  return importsOf(file).flatMap((name) => {
    if (name.startsWith('#main/')) {
      const target = name.split('/')[1] ?? ''
      if (`src-main/${target}` === room) return [`${file}: inside a room import ./file, not ${name}`]
      if (room.startsWith('src-renderer') && name === '#main/api/router')
        return [`${file}: the window imports types, not the router`]
      return rule.rooms.includes(target) || common.includes(target) ? [] : [`${file}: ${room} may not import ${target}`]
    }
    if (name.startsWith('.') || name.startsWith('#window/')) {
      const target = name.startsWith('.')
        ? path.relative(root, path.resolve(root, path.dirname(file), name))
        : path.join('src-renderer', name.slice('#window/'.length))
      if (featureOf(target) === featureOf(file)) return []
      const part = roomOf(target).split('/')[1] ?? ''
      const isAllowed = room.startsWith('src-renderer') && roomOf(target) !== room && rule.parts?.includes(part)
      return isAllowed ? [] : [`${file}: nothing climbs out of its room (${name})`]
    }
    return rule.packages.test(name) ? [] : [`${file}: ${room} may not import the package ${name}`]
  })
}

describe('architecture', () => {
  it('finds the source', () => expect(files.length).toBeGreaterThan(15))
  it('every import is allowed by the table of rooms', () => expect(files.flatMap(violationsOf)).toEqual([]))
  it('no file imports itself by way of others, not even for a type', () => {
    const graph = new Map(files.map((file) => [file, importsOf(file).flatMap((name) => fileOf(file, name) ?? [])]))
    const ends = [...graph.values()].flat()
    expect(ends.length).toBeGreaterThan(1000)
    expect(ends.filter((end) => !graph.has(end) && /\.(ts|vue)$/.test(end))).toEqual([]) // every way was followed
    expect(circlesIn(graph)).toEqual([])
  })
  it('only storage/database.ts names the SQLite driver', () =>
    expect(files.filter((file) => importsOf(file).includes('better-sqlite3'))).toEqual(
      files.filter((file) => file === path.join('src-main', 'storage', 'database.ts')),
    ))
  it('a forbidden import would be noticed', () => {
    expect(rules['src-main/document']?.packages.test('electron')).toBe(false)
    expect(rules['src-renderer/features']?.rooms.includes('storage')).toBe(false)
    expect(rules['src-renderer/features']?.parts?.includes('features')).toBe(false)
  })
})
