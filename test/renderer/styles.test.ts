/** What holds for the styles of all components: classes that do not leak, and values that come from the tokens. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse, type SFCDescriptor } from 'vue/compiler-sfc'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../src-renderer')
const components = globSync('**/*.vue', { cwd: root }).map((file) => {
  const { descriptor } = parse(readFileSync(path.join(root, file), 'utf8'))
  return { file, name: path.basename(file, '.vue'), descriptor }
})
const stylesheets = [
  ...components.map(({ file, descriptor }) => ({ file, css: cssOf(descriptor) })),
  { file: 'base/base.css', css: readFileSync(path.join(root, 'base/base.css'), 'utf8') },
]

function cssOf({ styles }: SFCDescriptor): string {
  return styles.map(({ content }) => content).join('\n')
}

interface TemplateNode {
  readonly type: number
  readonly tag?: string
  readonly props?: readonly { readonly name: string; readonly value?: { readonly content: string } }[]
  readonly children?: readonly TemplateNode[]
}

const elementType = 1

function elementsOf(node: TemplateNode): TemplateNode[] {
  return (node.children ?? []).flatMap((child) => [
    ...(child.type === elementType ? [child] : []),
    ...elementsOf(child),
  ])
}

function classesOf(element: TemplateNode | undefined): string[] {
  return (element?.props ?? []).flatMap(({ name, value }) =>
    name === 'class' && value ? value.content.split(/\s+/) : [],
  )
}

/** Declarations with their property, comments left out. */
function declarationsOf(css: string): { property: string; value: string }[] {
  return [...css.replaceAll(/\/\*[^]*?\*\//g, '').matchAll(/(?<=[{;\s])([a-z-]+):\s*([^;{}]+);/g)].map((match) => ({
    property: match[1] ?? '',
    value: match[2] ?? '',
  }))
}

function offences(isOffence: (property: string, value: string) => boolean): string[] {
  return stylesheets.flatMap(({ file, css }) =>
    declarationsOf(css)
      .filter(({ property, value }) => isOffence(property, value))
      .map(({ property, value }) => `${file}: ${property}: ${value}`),
  )
}

describe('styles of components', () => {
  it('finds the components', () => expect(components.length).toBeGreaterThan(90))

  it('do not reach into another component: a scoped class also styles the root of a child that has it', () => {
    const rootClasses = new Map(
      components.map(({ name, descriptor }) => {
        const ast = descriptor.template?.ast as TemplateNode | undefined
        const roots = ast?.children?.filter(({ type }) => type === elementType) ?? []
        return [name, roots.flatMap(classesOf)]
      }),
    )
    const leaks = components.flatMap(({ file, descriptor }) => {
      const styled = new Set([...cssOf(descriptor).matchAll(/\.([a-z][\w-]*)/gi)].map((match) => match[1] ?? ''))
      const ast = descriptor.template?.ast as TemplateNode | undefined
      const children = new Set(ast ? elementsOf(ast).map(({ tag = '' }) => tag) : [])
      return [...children].flatMap((child) =>
        (rootClasses.get(child) ?? [])
          .filter((name) => styled.has(name))
          .map((name) => `${file}: .${name} of ${child}`),
      )
    })
    expect(leaks).toEqual([])
  })

  it('take colours from the tokens', () =>
    expect(offences((_, value) => /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/i.test(value))).toEqual([]))

  it('take sizes of type from the tokens', () =>
    expect(
      offences(
        (property, value) =>
          (property === 'font-size' || property === 'font') && /(?:^|\s)[\d.]+(?:px|rem)(?:\s|$|\/)/.test(value),
      ),
    ).toEqual([]))

  it('take rounded corners from the tokens', () =>
    expect(offences((property, value) => property.endsWith('radius') && /[1-9]\d*px/.test(value))).toEqual([]))

  it('take distances from the tokens', () =>
    expect(
      offences(
        (property, value) =>
          /^(?:padding|margin|gap|row-gap|column-gap)/.test(property) && /(?<![\w-])(?:[2-9]|\d\d+)px/.test(value),
      ),
    ).toEqual([]))

  it('use custom properties that exist', () => {
    const source = (pattern: string): string =>
      globSync(pattern, { cwd: root })
        .map((file) => readFileSync(path.join(root, file), 'utf8'))
        .join('\n')
    const all = source('**/*.{vue,css,ts}')
    const defined = new Set([...all.matchAll(/(--[a-z][a-z0-9-]*)['"]?\]?\s*:/g)].map(([, name]) => name))
    const used = [...all.matchAll(/var\((--[a-z][a-z0-9-]*)\)/g)].flatMap(([, name]) => name ?? [])
    expect([...new Set(used)].filter((name) => !defined.has(name))).toEqual([])
  })
})
