/** Who may import whom (the table of src-main/README.md): a room without a row here fails. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

interface Rule {
  readonly rooms: readonly string[]
  readonly packages: RegExp
}

const nothing = /^$/
const node = /^node:/
const tfjsCore = /^@tensorflow\/tfjs-core$/
const pure = ['core', 'text', 'document', 'labels', 'runs', 'tagging', 'evaluation', 'comparison', 'api']
/** Rooms that every room may import. */
const common = ['core', 'text']

const rules: Record<string, Rule> = {
  'src-main/core': { rooms: [], packages: nothing },
  'src-main/text': { rooms: ['core'], packages: nothing },
  'src-main/document': { rooms: [], packages: nothing },
  'src-main/labels': { rooms: ['document'], packages: nothing },
  'src-main/evaluation': { rooms: ['document', 'labels', 'tagging'], packages: nothing },
  'src-main/tagging': { rooms: ['document', 'labels'], packages: nothing },
  'src-main/runs': { rooms: ['evaluation'], packages: nothing },
  'src-main/comparison': { rooms: ['document', 'evaluation', 'runs'], packages: nothing },
  'src-main/api': {
    rooms: ['document', 'labels', 'runs', 'evaluation', 'comparison'],
    packages: /^(zod|@orpc\/(contract|server))$/,
  },
  'src-main/corpora': { rooms: ['document', 'labels'], packages: nothing },
  'src-main/files': { rooms: [], packages: node },
  'src-main/storage': {
    rooms: ['files', 'document', 'labels', 'runs', 'evaluation'],
    packages: /^(node:|better-sqlite3$)/,
  },
  'src-main/backends': { rooms: ['runs', 'kernels'], packages: /^(node:|@tensorflow\/)/ },
  'src-main/kernels': {
    rooms: [],
    packages: /^(node:(fs|path|v8)|assemblyscript\/asc|@tensorflow\/tfjs-(core|backend-(wasm|webgpu)))$/,
  },
  'src-main/pretrained': { rooms: ['runs'], packages: /^(@huggingface\/tokenizers|@streamparser\/json)$/ },
  'src-main/model': { rooms: ['document', 'labels', 'tagging', 'runs', 'kernels', 'pretrained'], packages: tfjsCore },
  'src-main/extraction': { rooms: ['document', 'labels', 'tagging', 'runs', 'kernels', 'model'], packages: tfjsCore },
  'src-main/training': {
    rooms: ['document', 'labels', 'tagging', 'runs', 'kernels', 'pretrained', 'model', 'extraction', 'evaluation'],
    packages: tfjsCore,
  },
  'src-main/worker': {
    rooms: [...pure, 'files', 'compute', 'kernels', 'pretrained', 'model', 'extraction', 'training', 'backends'],
    packages: /^(node:(worker_threads|child_process|url|os|fs|path|crypto|module)|@tensorflow\/tfjs-core)$/,
  },
  'src-main/compute': {
    rooms: [...pure, 'backends', 'pretrained', 'training'],
    packages: /^node:(child_process|url|crypto)$/,
  },
  'src-main/machine': { rooms: ['files', 'runs', 'backends', 'compute'], packages: node },
  'src-main/services': {
    rooms: [...pure, 'corpora', 'files', 'storage', 'backends', 'compute', 'machine', 'pretrained'],
    packages: node,
  },
  'src-main/shell-server': {
    rooms: ['services', 'api', 'files', 'compute', 'machine', 'worker', 'runs'],
    packages: /^(node:|ws$|vite$|@orpc\/)/,
  },
  'src-main/cli': {
    rooms: [...pure, 'files', 'services', 'compute', 'machine', 'worker', 'shell-server'],
    packages: /^(node:|commander$|@orpc\/)/,
  },
  'src-main/shell-electron': {
    rooms: ['services', 'api', 'files', 'compute', 'machine', 'worker', 'runs', 'shell-server'],
    packages: /^(node:|electron$|@orpc\/|rolldown$)/,
  },
  // the same jobs as in the compute worker, so the same rooms; nothing of Node gets into a page's bundle
  'src-renderer/compute': { rooms: ['compute', 'worker', 'backends'], packages: tfjsCore },
  'src-renderer': {
    rooms: pure,
    packages:
      /^(vue|vue-router|pinia|reka-ui|tinykeys|vite|echarts(\/.*)?|@lucide\/vue|@orpc\/(client|contract)(\/.*)?|@fontsource-variable\/.*|@vitejs\/plugin-vue|node:.*)$/,
  },
}

const root = path.resolve(import.meta.dirname, '..')
const files = globSync('{src-main,src-renderer}/**/*.{ts,vue}', { cwd: root }).filter(
  (f) => !f.includes('node_modules'),
)

function roomOf(file: string): string {
  const [process, room] = file.split(path.sep)
  return process === 'src-renderer' && room !== 'compute' ? 'src-renderer' : `${process}/${room}`
}

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  const source = file.endsWith('.vue')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
    : text
  return ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName)
}

function violationsOf(file: string): string[] {
  const room = roomOf(file)
  const rule = rules[room]
  if (!rule) return [`${file}: the room ${room} has no row in this table`]
  return importsOf(file).flatMap((name) => {
    if (name.startsWith('#main/')) {
      const target = name.split('/')[1] ?? ''
      if (`src-main/${target}` === room) return [`${file}: inside a room import ./file, not ${name}`]
      if (room === 'src-renderer' && name === '#main/api/router')
        return [`${file}: the window imports types, not the router`]
      return rule.rooms.includes(target) || common.includes(target) ? [] : [`${file}: ${room} may not import ${target}`]
    }
    if (name.startsWith('.')) {
      const target = roomOf(path.relative(root, path.resolve(root, path.dirname(file), name)))
      const isInside = target === room || target.startsWith(`${room}/`)
      return isInside ? [] : [`${file}: nothing climbs out of its room (${name})`]
    }
    return rule.packages.test(name) ? [] : [`${file}: ${room} may not import the package ${name}`]
  })
}

describe('architecture', () => {
  it('finds the source', () => expect(files.length).toBeGreaterThan(15))
  it('every import is allowed by the table of rooms', () => expect(files.flatMap(violationsOf)).toEqual([]))
  it('only storage/database.ts names the SQLite driver', () =>
    expect(files.filter((file) => importsOf(file).includes('better-sqlite3'))).toEqual(
      files.filter((file) => file === path.join('src-main', 'storage', 'database.ts')),
    ))
  it('a forbidden import would be noticed', () => {
    expect(rules['src-main/document']?.packages.test('electron')).toBe(false)
    expect(rules['src-renderer']?.rooms.includes('storage')).toBe(false)
  })
})
