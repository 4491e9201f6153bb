/**
 * Drafts: texts that are being typed and not yet saved. A draft belongs to the place where it was begun, "note of sentence
 * 12": it is saved there, wherever the window has gone since, and what could not be saved is offered when that place is
 * opened again.
 */
import { computed, onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'
import { forget, keep, readKept, type KeptStorage } from './kept.ts'

/** One place and how a text is saved there. */
export interface DraftPlace {
  /** Tells this place from every other one of the workspace; two places of one id would share their text. */
  readonly id: string
  /** The text that is kept there at present. */
  readonly saved: string
  /** Writes the text to this very place. `base` is what stood there when typing began. Rejects when it is not written. */
  readonly save: (text: string, base: string) => Promise<void>
}

export interface Draft {
  readonly text: Ref<string>
  /** What somebody else has saved at this place while the text was typed; null where nobody has. */
  readonly rival: Readonly<Ref<string | null>>
  /** Why the text could not be saved; null where it could, or was not tried. */
  readonly failure: Readonly<Ref<string | null>>
  /** Whether the text was typed before the window was closed or reloaded, and has not been saved since. */
  readonly isRestored: Readonly<Ref<boolean>>
  /** Saves what is typed; nothing happens where nothing is. */
  flush(): void
  /** Gives up what is typed: the text is again what is saved. */
  discard(): void
}

export interface KeptDraft {
  readonly text: string
  readonly base: string
}

/** The draft that is kept for a place; null where there is none. */
export const keptDraft = (storage: KeptStorage, id: string): KeptDraft | null =>
  readKept(storage, id) as KeptDraft | null // ids of places are used by no other values
const keepDraft = (storage: KeptStorage, id: string, draft: KeptDraft): void => keep(storage, id, draft)
const open = new Set<() => void>()

/** Saves every draft of the window: before it goes to another place, and before it goes away. */
export function flushDrafts(): void {
  for (const flush of open) flush()
}

/** Both texts where two people, or two windows, wrote at the same place: neither is lost. */
export function keepBoth(saved: string, base: string, text: string): string {
  if (saved === base || saved === text) return text
  if (text === '' || saved.split('\n').includes(text)) return saved
  return saved === '' ? text : `${saved}\n${text}`
}

/** The draft of a place; null while there is none. */
export function useDraft(
  place: MaybeRefOrGetter<DraftPlace | null>,
  describe: (error: unknown) => string,
  storage: KeptStorage = sessionStorage,
): Draft {
  const text = ref('')
  const failure = ref<string | null>(null)
  const isRestored = ref(false)
  const base = ref('')
  const rival = ref<string | null>(null)
  let here: DraftPlace | null = null
  /** What is on its way to the place. */
  let sent: string | null = null

  function enter(next: DraftPlace | null): void {
    here = next
    sent = null
    failure.value = null
    const saved = next?.saved ?? ''
    const found = next && keptDraft(storage, next.id)
    const kept = found?.text === saved ? null : found
    isRestored.value = kept !== null
    base.value = kept?.base ?? saved
    rival.value = kept && kept.base !== saved ? saved : null
    text.value = kept?.text ?? saved
    if (next && !kept) forget(storage, next.id)
  }

  // at once: what is typed must be saved before another place takes over the field
  watch(
    () => toValue(place),
    (next) => {
      if (next && here && next.id === here.id) follow(next)
      else {
        flush()
        enter(next)
      }
    },
    { immediate: true, flush: 'sync' },
  )

  /** The same place, where something was saved: by this field, or by somebody else. */
  function follow(next: DraftPlace): void {
    here = next
    // a save on its way may be shown already and be taken back: its answer tells
    if (sent !== null || next.saved === base.value) return
    if (text.value !== base.value && text.value.trim() !== next.saved) rival.value = next.saved
    else {
      base.value = next.saved
      text.value = next.saved
      rival.value = null
    }
  }

  watch(
    text,
    (typed) => {
      if (!here) return
      if (typed === base.value) forget(storage, here.id)
      else keepDraft(storage, here.id, { text: typed, base: base.value })
    },
    { flush: 'sync' },
  )

  function flush(): void {
    const target = here
    const typed = text.value.trim()
    const from = base.value
    if (!target || typed === from.trim() || typed === sent) return
    sent = typed
    target.save(typed, from).then(
      () => {
        forgetSaved(target.id, text.value, typed)
        if (here?.id !== target.id) return
        if (sent === typed) sent = null
        base.value = here.saved
        if (text.value.trim() === typed) text.value = base.value
        else keepDraft(storage, target.id, { text: text.value, base: base.value })
        rival.value = null
        failure.value = null
        isRestored.value = false
      },
      (error: unknown) => {
        if (here?.id !== target.id) return
        if (sent === typed) sent = null
        if (here.saved !== from && here.saved !== typed) rival.value = here.saved
        failure.value = describe(error)
      },
    )
  }

  /** A text that was typed on meanwhile stays kept. */
  function forgetSaved(id: string, now: string, saved: string): void {
    const isTypedOn = here?.id === id && now.trim() !== saved
    if (!isTypedOn && keptDraft(storage, id)?.text.trim() === saved) forget(storage, id)
  }

  function discard(): void {
    base.value = here?.saved ?? ''
    text.value = base.value
    rival.value = null
    failure.value = null
    isRestored.value = false
    if (here) forget(storage, here.id)
  }

  open.add(flush)
  onScopeDispose(() => {
    flush()
    open.delete(flush)
  })
  return { text, rival: computed(() => rival.value), failure, isRestored, flush, discard }
}
