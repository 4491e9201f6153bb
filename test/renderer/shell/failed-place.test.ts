// @vitest-environment happy-dom
/** A part of the window that fails while it is drawn. */
import { defineComponent, h, nextTick, ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { useFailedPlace } from '#window/shell/failed-place.ts'
import { mount } from '../../support/mounted.ts'

const isBroken = ref(false)

const place = defineComponent(() => () => {
  if (isBroken.value) throw new Error('This cannot be drawn.')
  const fail = (): never => {
    throw new Error('A click failed.')
  }
  return h('button', { onClick: fail }, 'still here')
})

const router = createRouter({
  history: createMemoryHistory(),
  routes: ['/a', '/b'].map((path) => ({ path, component: place })),
})

const frame = defineComponent(() => {
  const failed = useFailedPlace(router)
  return () => (failed.value ? h('p', failed.value.message) : h(place))
})

describe('a place that cannot be drawn', () => {
  it('gives way to what happened, until the person goes elsewhere', async () => {
    const reported: unknown[] = []
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error))
    onTestFinished(() => void vi.unstubAllGlobals())
    await router.push('/a')
    const { element } = mount(frame, { plugins: [router] })
    expect(element.textContent).toBe('still here')
    isBroken.value = true
    await nextTick()
    expect(element.textContent).toBe('This cannot be drawn.')
    expect(reported).toHaveLength(1)
    isBroken.value = false
    await router.push('/b')
    await nextTick()
    expect(element.textContent).toBe('still here')
  })

  it('is told from an act that failed, after which it stands', async () => {
    isBroken.value = false
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    onTestFinished(() => warn.mockRestore())
    const { element } = mount(frame, { plugins: [router] })
    try {
      element.querySelector('button')?.click()
    } catch {
      // happy-dom lets errors of listeners through; browsers report them
    }
    await nextTick()
    expect(element.textContent).toBe('still here')
  })
})
