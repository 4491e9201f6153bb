/** The theme: light, dark, or as the system says; remembered on this machine. */
import { computed, ref, watchEffect } from 'vue'

export type ThemeChoice = 'system' | 'light' | 'dark'

const key = 'espalier-theme'
const systemDark = matchMedia('(prefers-color-scheme: dark)')
const isSystemDark = ref(systemDark.matches)

export const themeChoice = ref<ThemeChoice>(readChoice())

export const theme = computed(() =>
  themeChoice.value === 'system' ? (isSystemDark.value ? 'dark' : 'light') : themeChoice.value,
)

/** Applies the chosen theme to the page whenever it changes, and stores the choice for the next start. */
export function followTheme(): void {
  systemDark.addEventListener('change', ({ matches }) => (isSystemDark.value = matches))
  watchEffect(() => {
    document.documentElement.dataset['theme'] = theme.value
    localStorage.setItem(key, themeChoice.value)
  })
}

function readChoice(): ThemeChoice {
  const stored = localStorage.getItem(key)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}
