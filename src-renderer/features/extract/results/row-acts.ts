/** Acts on a row of results: it is opened, and its sentence is corrected in Annotate. */
import { ref } from 'vue'
import { useRouter } from 'vue-router'
import type { ExtractedRow } from '#main/document/extracted-row'
import { client } from '#window/client.ts'
import { useResultsStore } from '#window/features/extract/stores/results.ts'
import { useToasts } from '#window/stores/toasts.ts'

export function useRowActs() {
  const store = useResultsStore()
  const router = useRouter()
  const { attempt } = useToasts()
  /** The triple whose sentence is being put into the corpus. */
  const correctingId = ref<number | null>(null)

  function toggle({ tripleId }: ExtractedRow): void {
    store.openId = store.openId === tripleId ? null : tripleId
  }

  /** Opens the sentence in Annotate, from where one key comes back to this row. */
  async function correct({ tripleId }: ExtractedRow): Promise<void> {
    if (correctingId.value !== null) return
    correctingId.value = tripleId
    store.openId = tripleId
    await attempt(async () => {
      const { sentenceId } = await client.results.correct({ tripleId })
      await router.push({ name: 'annotate', params: { sentenceId }, query: { from: 'extract' } })
    })
    correctingId.value = null
  }

  return { correctingId, toggle, correct }
}
