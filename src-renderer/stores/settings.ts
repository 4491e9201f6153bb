/** The settings of the workspace and the keys that they define. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Settings } from '#main/core/preferences'
import { usualReading } from '#main/core/reading'
import { client } from '#window/client.ts'
import { keymapOf } from '#window/common/keys/actions.ts'

export const useSettingsStore = defineStore('settings', () => {
  const settings = ref<Settings | null>(null)

  async function load(): Promise<void> {
    settings.value = await client.system.settings()
  }

  async function update(change: Partial<Settings>): Promise<void> {
    settings.value = await client.system.updateSettings(change)
  }

  const keymap = computed(() => keymapOf(settings.value?.shortcuts ?? {}, settings.value?.hasLetterKeys ?? true))

  /** How the present annotator reads in the editor. */
  const reading = computed(() => settings.value?.reading[settings.value.annotator] ?? usualReading)

  return { settings, keymap, reading, load, update }
})
