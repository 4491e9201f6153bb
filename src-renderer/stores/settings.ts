/** Settings of the workspace. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Settings } from '#main/api/views'
import { client } from '../client.ts'

export const useSettingsStore = defineStore('settings', () => {
  const settings = ref<Settings | null>(null)

  async function load(): Promise<void> {
    settings.value = await client.system.settings()
  }

  async function update(change: Partial<Settings>): Promise<void> {
    settings.value = await client.system.updateSettings(change)
  }

  return { settings, load, update }
})
