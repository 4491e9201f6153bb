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

/** Measures in the fonts of two sample elements; again once the fonts have arrived. */
export function useMeasures(word: Ref<HTMLElement | null>, label: Ref<HTMLElement | null>) {
  const fallback: Measure = (text) => text.length * 9
  const measureWord = shallowRef<Measure>(fallback)
  const measureLabel = shallowRef<Measure>(fallback)
  const refresh = () => {
    if (word.value) measureWord.value = createMeasure(getComputedStyle(word.value).font)
    if (label.value) measureLabel.value = createMeasure(getComputedStyle(label.value).font)
  }
  onMounted(() => {
    refresh()
    void document.fonts.ready.then(refresh)
  })
  return { measureWord, measureLabel }
}
