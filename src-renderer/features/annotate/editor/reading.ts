/** The person's way of reading in the editor: sizes as styles of the page, and the reminder of a break. */
import { computed, onMounted, onUnmounted, watch, type ComputedRef } from 'vue'
import { sizePx } from '#main/core/reading'
import { createBreakClock } from '#window/features/annotate/input/break-clock.ts'
import { useSettingsStore } from '#window/stores/settings.ts'
import { useToasts } from '#window/stores/toasts.ts'

export function useReading(): { readonly styles: ComputedRef<Readonly<Record<string, string>>> } {
  const settings = useSettingsStore()
  const toasts = useToasts()
  let clock = createBreakClock(0)
  watch(
    () => settings.reading.breakMinutes,
    (minutes) => (clock = createBreakClock(minutes * 60_000)),
    { immediate: true },
  )

  function note(): void {
    if (!clock.act(Date.now())) return
    const message = `You have annotated for ${settings.reading.breakMinutes} minutes. Look into the distance, stand up, rest your hands.`
    toasts.show({ kind: 'info', message })
  }
  onMounted(() => {
    for (const event of ['keydown', 'pointerdown']) window.addEventListener(event, note)
  })
  onUnmounted(() => {
    for (const event of ['keydown', 'pointerdown']) window.removeEventListener(event, note)
  })
  return {
    styles: computed(() => {
      const { letters, row } = sizePx[settings.reading.size]
      return { '--reading-size': `${letters / 16}rem`, '--word-height': `${row}px` }
    }),
  }
}
