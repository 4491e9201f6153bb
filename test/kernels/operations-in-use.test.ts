/** The list of TensorFlow.js' operations in use, by which one can see what it would take to do without it. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '..', '..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

it('stands in the README of kernels as models, training and extraction call them', () => {
  const files = globSync('src-main/{models,training,extraction}/**/*.ts', { cwd: root })
  expect(files.length).toBeGreaterThan(20)
  const called = files.flatMap((file) =>
    [...read(file).matchAll(/\btf\.([a-z]\w*(?:\.[a-z]\w*)?)[(<]/gi)].flatMap(([, name = '']) =>
      name.startsWith('Tensor') ? [] : [name.replace(/^(engine|backend)\..*/, '$1')],
    ),
  )
  const [, plan = ''] = read('src-main/kernels/README.md').split('## Without TensorFlow.js one day')
  const listed = plan.split('The way there')[0]?.matchAll(/`([a-z]\w*(?:\.matMul)?)`/gi) ?? []
  expect([...listed].map(([, name]) => name).toSorted()).toEqual([...new Set(called)].toSorted())
})
