/** Which sentence is open follows the address; which comes next follows the queue. */
import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { wayBack } from '#window/common/way-back.ts'
import type { useAnnotationQueueStore } from '#window/features/annotate/stores/annotation-queue.ts'
import type { useAnnotationStore } from '#window/features/annotate/stores/annotation.ts'

export function useAnnotateRoute(
  store: ReturnType<typeof useAnnotationStore>,
  queue: ReturnType<typeof useAnnotationQueueStore>,
) {
  const route = useRoute()
  const router = useRouter()
  const routeId = computed(() => {
    const id = Number(route.params.sentenceId)
    return Number.isInteger(id) && id > 0 ? id : null
  })

  watch(routeId, async (id) => {
    if (id === null) keepAddress()
    else if (id !== store.view?.sentenceId) await store.open(id)
  })

  /** False once the person has gone elsewhere while something of this place was still loading. */
  const isHere = (): boolean => route.name === 'annotate'

  /** The address names the open sentence, so that a reload comes back to it. */
  function keepAddress(): void {
    if (store.view && routeId.value === null && isHere()) void router.replace(`/annotate/${store.view.sentenceId}`)
  }

  async function leaveSentence(): Promise<void> {
    if (isHere()) await router.replace('/annotate')
  }

  function goTo(sentenceId: number): void {
    void router.push(`/annotate/${sentenceId}`)
  }

  /** The next sentence of the queue, or the one before; fetches more of the queue where it ends. */
  async function goBy(by: 1 | -1): Promise<void> {
    const index = queue.items.findIndex(({ sentenceId }) => sentenceId === store.view?.sentenceId)
    if (by === 1 && index === queue.items.length - 1) await queue.loadMore()
    const next = queue.items[index + by]
    if (next) goTo(next.sentenceId)
    else store.status = by === 1 ? 'This was the last sentence of the queue' : 'This is the first sentence of the queue'
  }

  /** Without a sentence in the address the first of the queue is opened. */
  function goToFirst(): void {
    const [first] = queue.items
    if (first && isHere()) void router.replace(`/annotate/${first.sentenceId}`)
  }

  /** To where the sentence was opened, or to the results that it was taken out of, which stand where they were left. */
  function goBack(): void {
    const address = wayBack.value?.address ?? '/extract'
    void router.push(address)
  }

  const canGoBack = (): boolean => wayBack.value !== null || Boolean(store.view?.origin)

  return { goBack, canGoBack, routeId, goTo, goBy, goToFirst, keepAddress, leaveSentence }
}
