/** The bin in the settings: its entries are listed, restored and erased. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { BinItem } from '#main/api/bin'
import { client, onAppEvent, onReconnect } from '#window/client.ts'
import { useRequest } from '#window/base/request.ts'
import { useToasts } from '#window/stores/toasts.ts'

export const useBinStore = defineStore('bin', () => {
  const toasts = useToasts()
  const listing = useRequest(() => client.bin.list())
  /** Number of the entry that is being erased. */
  const erasing = ref<number | null>(null)

  onAppEvent(({ type }) => {
    if (type === 'bin-changed' && listing.answer.value) void listing.ask()
  })
  onReconnect(() => void listing.ask())

  /** `corpus` says what to do about a run whose corpus is in the bin too. */
  async function restore({ binId, name }: BinItem, corpus: 'refuse' | 'both' | 'alone' = 'refuse'): Promise<void> {
    await toasts.attempt(async () => {
      const { renamed } = await client.bin.restore({ binId, corpus })
      const message = renamed
        ? `Restored as ${renamed.to}: there is another corpus ${renamed.from} now.`
        : `Restored ${name}.`
      toasts.show({ kind: 'success', message })
    })
  }

  async function erase({ binId, name }: BinItem): Promise<void> {
    erasing.value = binId
    await toasts.attempt(() => client.bin.erase({ binId }), `Erased ${name}.`)
    erasing.value = null
  }

  return { items: listing.answer, failure: listing.failure, erasing, load: listing.ask, restore, erase }
})
