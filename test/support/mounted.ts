/** Mounts a component into the page of a test, as a parent would use it. */
import { createApp, defineComponent, h, nextTick, reactive, type Component, type Plugin } from 'vue'
import { onTestFinished } from 'vitest'

export interface Mounted {
  readonly element: HTMLElement
  /** What the component emitted, by name. */
  readonly emitted: ReadonlyMap<string, readonly unknown[][]>
  /** The model values as they are now, by name. */
  readonly models: Readonly<Record<string, unknown>>
  set(props: Record<string, unknown>): Promise<void>
  /** Changes a model from outside, as a parent does. */
  setModel(name: string, value: unknown): Promise<void>
}

export interface MountOptions {
  readonly props?: Record<string, unknown>
  /** Values that the component may change, by the name of the model ("modelValue" is the usual one). */
  readonly models?: Record<string, unknown>
  readonly slots?: Record<string, (scope: never) => unknown>
  readonly listens?: readonly string[]
  /** What the window installs and the component needs, such as the router. */
  readonly plugins?: readonly Plugin[]
}

/** The component is taken away when the test ends. The page is that of the test environment happy-dom. */
export function mount(
  component: Component,
  { props = {}, models = {}, slots = {}, listens = [], plugins = [] }: MountOptions = {},
): Mounted {
  const element = document.createElement('div')
  document.body.append(element)
  const emitted = new Map<string, unknown[][]>()
  const given = reactive({ ...props })
  const bound = reactive({ ...models })
  const note = (name: string) => [
    `on${name[0]?.toUpperCase()}${name.slice(1)}`,
    (...values: unknown[]) => void emitted.set(name, [...(emitted.get(name) ?? []), values]),
  ]
  const updates = Object.keys(models).map((name) => [`onUpdate:${name}`, (value: unknown) => (bound[name] = value)])
  const listeners = Object.fromEntries([...listens.map(note), ...updates]) as Record<string, unknown>
  const app = createApp(defineComponent(() => () => h(component, { ...given, ...bound, ...listeners }, slots)))
  for (const plugin of plugins) app.use(plugin)
  app.mount(element)
  onTestFinished(async () => {
    app.unmount()
    element.remove()
    // a dialog that goes gives the focus back a turn later: not in the midst of the next test, nor when the page is gone
    await new Promise((resolve) => setTimeout(resolve))
  })
  return {
    ...{ element, emitted, models: bound },
    async set(changed) {
      Object.assign(given, changed)
      await nextTick()
    },
    async setModel(name, value) {
      bound[name] = value
      await nextTick()
    },
  }
}

/** The one element of the page that a person would find by its role and name. */
export function find(selector: string, text?: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (element) => text === undefined || element.textContent?.trim() === text,
  )
  if (found.length !== 1) throw new Error(`${found.length} elements are ${selector}${text ? ` with "${text}"` : ''}`)
  return found[0] as HTMLElement // there is one
}
