/** Toasts: short messages at the edge of the window, some with a button such as "Undo". */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { messageOf } from '#window/client.ts'

export interface Toast {
  readonly kind: 'info' | 'success' | 'error'
  readonly message: string
  /** The corpus that it is about: it is shown only while that one is chosen. Left out where it is about none. */
  readonly corpusId?: number
  readonly action?: { readonly label: string; readonly run: () => void }
}

interface ShownToast extends Toast {
  readonly toastId: number
}

/** Time a toast stays. Errors stay until they are closed, and a toast with a button stays long enough to be read and reached. */
const shownMs = 6000
const shownWithActionMs = 20_000

export const useToasts = defineStore('toasts', () => {
  const toasts = ref<ShownToast[]>([])
  let last = 0

  function dismiss(toastId: number): void {
    toasts.value = toasts.value.filter((toast) => toast.toastId !== toastId)
  }

  function show(toast: Toast): void {
    const toastId = ++last
    toasts.value = [...toasts.value, { ...toast, toastId }]
    if (toast.kind === 'error') return
    setTimeout(() => dismiss(toastId), toast.action ? shownWithActionMs : shownMs)
  }

  /** Runs `act` and shows `done` when it succeeds, or the reason when it fails. Resolves to whether it succeeded. */
  async function attempt(act: () => Promise<unknown>, done?: string): Promise<boolean> {
    try {
      await act()
    } catch (error) {
      show({ kind: 'error', message: messageOf(error) })
      return false
    }
    if (done) show({ kind: 'success', message: done })
    return true
  }

  /** The toasts to be seen while a corpus is chosen: its own, and those that are about none. */
  function shownFor(corpusId: number | null): readonly ShownToast[] {
    return toasts.value.filter((toast) => toast.corpusId === undefined || toast.corpusId === corpusId)
  }

  return { toasts, show, dismiss, attempt, shownFor }
})
