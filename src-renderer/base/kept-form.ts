/** Forms whose fields are not saved by leaving them: they are there again until the form is used or given up. */
import { ref, shallowRef, toValue, watch, type MaybeRefOrGetter, type Ref, type ShallowRef } from 'vue'
import { forget, keep, readKept, type KeptStorage } from './kept.ts'

export interface KeptForm<Fields> {
  /** Fields as they are filled in now. Every change is kept. */
  readonly fields: ShallowRef<Fields>
  /** Whether the fields were filled in earlier and the form was not used since. */
  readonly isRestored: Readonly<Ref<boolean>>
  /** Shows the form of this id: as it was left, or else with the fields `fresh`. */
  open(id: string, fresh: Fields): void
  /** Gives up what was filled in: the fields are the fresh ones again. Also to be called when the form was used. */
  startAfresh(): void
}

/** A kept form. `restore` makes fields of what was kept, which an earlier version of the program may have written. */
export function useKeptForm<Fields>(
  empty: Fields,
  restore: (kept: unknown, fresh: Fields) => Fields,
  storage: KeptStorage = sessionStorage,
): KeptForm<Fields> {
  const fields = shallowRef(empty)
  const isRestored = ref(false)
  let id: string | null = null
  let fresh = empty
  const isFresh = (now: Fields): boolean => JSON.stringify(now) === JSON.stringify(fresh)

  watch(
    fields,
    (now) => {
      if (id === null) return
      if (isFresh(now)) forget(storage, id)
      else keep(storage, id, now)
    },
    { flush: 'sync' },
  )

  function open(next: string, startsWith: Fields): void {
    const kept = readKept(storage, next)
    id = next
    fresh = startsWith
    fields.value = kept === null ? fresh : restore(kept, fresh)
    isRestored.value = !isFresh(fields.value)
  }

  function startAfresh(): void {
    fields.value = fresh
    isRestored.value = false
  }

  return { fields, isRestored, open, startAfresh }
}

/** A form of one text field; its id may change, and each id has its own text. */
export function useKeptText(id: MaybeRefOrGetter<string>, storage: KeptStorage = sessionStorage): Ref<string> {
  const text = ref('')
  watch(
    () => toValue(id),
    (now) => {
      const kept = readKept(storage, now)
      text.value = typeof kept === 'string' ? kept : ''
    },
    { immediate: true, flush: 'sync' },
  )
  watch(
    text,
    (typed) => {
      if (typed === '') forget(storage, toValue(id))
      else keep(storage, toValue(id), typed)
    },
    { flush: 'sync' },
  )
  return text
}
