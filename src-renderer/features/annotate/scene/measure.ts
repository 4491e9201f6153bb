/** Widths of text as the window will paint it, measured once per text on a canvas. */
import { onMounted, onScopeDispose, ref, shallowRef, type Ref } from 'vue'

export type Measure = (text: string) => number

/** Measures in the font of a CSS `font` value; remembers what it measured. */
export function createMeasure(font: string): Measure {
  const canvas = document.createElement('canvas').getContext('2d')
  const known = new Map<string, number>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (canvas) canvas.font = font
    const width = canvas?.measureText(text).width ?? text.length * 9
    known.set(text, width)
    return width
  }
}

/** The width of an element, kept up to date; 0 until it is on screen. */
export function useElementWidth(element: Ref<HTMLElement | null>): Ref<number> {
  const width = ref(0)
  const observer = new ResizeObserver(([entry]) => {
    if (entry) width.value = Math.floor(entry.contentRect.width)
  })
  onMounted(() => {
    if (!element.value) return
    width.value = element.value.clientWidth
    observer.observe(element.value)
  })
  onScopeDispose(() => observer.disconnect())
  return width
}

/** As a canvas takes it. The shorthand `font` is empty where the person's own colours are forced. */
function fontOf(element: HTMLElement): string {
  const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(element)
  return `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`
}

/** Measures in the fonts of two sample elements; again once the fonts have arrived. */
export function useMeasures(word: Ref<HTMLElement | null>, label: Ref<HTMLElement | null>) {
  const fallback: Measure = (text) => text.length * 9
  const measureWord = shallowRef<Measure>(fallback)
  const measureLabel = shallowRef<Measure>(fallback)
  const refresh = () => {
    if (word.value) measureWord.value = createMeasure(fontOf(word.value))
    if (label.value) measureLabel.value = createMeasure(fontOf(label.value))
  }
  onMounted(() => {
    refresh()
    void document.fonts.ready.then(refresh)
  })
  return { measureWord, measureLabel }
}

/** Drawn above and below the window, so that scrolling meets no empty paper. */
const marginPx = 600

/** The part of a tall element that is in sight, with a margin: pixels from its top. */
export function useSeenPart(element: Ref<HTMLElement | null>): Ref<{ readonly top: number; readonly bottom: number }> {
  const seen = shallowRef({ top: 0, bottom: 2 * marginPx })
  let scroller: HTMLElement | null = null
  let frame = 0

  function look(): void {
    frame = 0
    const own = element.value?.getBoundingClientRect()
    if (!own || !scroller) return
    const window = scroller.getBoundingClientRect()
    const top = window.top - own.top - marginPx
    const bottom = window.bottom - own.top + marginPx
    // small steps are within the margin
    const isNear = Math.abs(top - seen.value.top) < marginPx / 2 && Math.abs(bottom - seen.value.bottom) < marginPx / 2
    if (!isNear) seen.value = { top, bottom }
  }
  const ask = (): void => {
    frame ||= requestAnimationFrame(look)
  }
  const observer = new ResizeObserver(ask)
  onMounted(() => {
    scroller = element.value?.parentElement ?? null
    while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement
    if (!scroller) return
    scroller.addEventListener('scroll', ask, { passive: true })
    observer.observe(scroller)
    look()
  })
  onScopeDispose(() => {
    cancelAnimationFrame(frame)
    observer.disconnect()
    scroller?.removeEventListener('scroll', ask)
  })
  return seen
}
