/** Whatever the installable program carries brings its licence along: what the bundlers took in is looked up in the text. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { gatherLicences } from '#main/packaging/licences'
import { root } from '#main/shell-server/window-build'

const readJson = <T>(file: string): T => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as T

let sections: ReadonlyMap<string, string>
beforeAll(() => {
  const parts = gatherLicences(root).split(`\n\n${'='.repeat(80)}\n\n`)
  sections = new Map(parts.map((part) => [part.split(' ')[0]?.split('\n')[0] ?? '', part]))
})

const without = (names: readonly string[]) =>
  names.filter((name) => !/Permission|permitted|Apache License|OFL/i.test(sections.get(name) ?? ''))

describe('the licences', () => {
  it('of every package in the bundle of the desktop shell are there', () => {
    const names = readJson<string[]>('out/main/packages.json').map((folder) => folder.replace(/.*node_modules\//, ''))
    expect(names).toEqual(expect.arrayContaining(['zod', '@orpc/server', '@huggingface/tokenizers']))
    expect(without(names)).toEqual([])
  })

  it('of every package in the window are there', () => {
    const names = readJson<{ name: string }[]>('out/window/licences.json').map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['vue', 'echarts', 'reka-ui', 'pinia']))
    expect(without(names)).toEqual([])
  })

  it('of every font in the window are there', () => {
    const files = globSync('out/window/assets/*.woff2', { cwd: root }).map((file) => path.basename(file))
    const families = new Set(files.map((file) => file.replace(/-(latin|cyrillic|greek|vietnamese).*/, '')))
    expect(families.size).toBe(3)
    for (const family of families)
      expect(sections.get(`@fontsource-variable/${family}`), family).toContain('SIL OPEN FONT LICENSE Version 1.1')
  })

  it('of the packages that stay outside of the bundles, of the kernels and of the program itself are there', () => {
    const outside = ['better-sqlite3', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm', 'seedrandom', 'long']
    expect(without([...outside, 'assemblyscript', 'Espalier'])).toEqual([])
    expect(sections.get('assemblyscript')).toContain('Apache License')
  })

  it('are the texts of standard licences where a package names one and leaves its text out', () => {
    expect(sections.get('seedrandom')).toContain('Copyright (c) David Bau')
    expect(sections.get('@tensorflow/tfjs-core')).toContain(
      'TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION',
    )
  })

  it('travel with the program', () => {
    const settings = readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')
    expect(settings).toMatch(/extraResources:\n {2}- from: out\/licences\.txt\n/)
    const { scripts } = readJson<{ scripts: Record<string, string> }>('package.json')
    expect(scripts['build']).toMatch(/vite build src-renderer && .*write-papers\.ts$/)
  })
})
