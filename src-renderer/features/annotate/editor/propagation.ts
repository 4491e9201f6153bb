/** A label that is about to be given to the same words elsewhere: asked for with the chosen span. */
import { shallowRef, type Ref } from 'vue'
import { quote } from '#main/document/edit'
import { chosenSpan, type Desk } from './acts.ts'

export interface Propagation {
  readonly sentenceId: number
  readonly start: number
  readonly end: number
  readonly label: string
  readonly text: string
}

export interface Propagating {
  /** null while nothing is asked. */
  readonly propagation: Ref<Propagation | null>
  ask(): void
}

export function usePropagation(
  desk: Readonly<Ref<Desk>>,
  sentenceId: () => number | undefined,
  say: (sentence: string) => void,
): Propagating {
  const propagation = shallowRef<Propagation | null>(null)
  return {
    propagation,
    ask() {
      const span = chosenSpan(desk.value)
      const open = sentenceId()
      if (!span || open === undefined) return say('Choose the span whose words shall be labelled elsewhere too')
      const { start, end, label } = span
      propagation.value = { sentenceId: open, start, end, label, text: quote({ start, end }, desk.value.context) }
    },
  }
}
