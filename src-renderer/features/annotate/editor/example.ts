/** A decision turned into a card: what is chosen becomes an example of its type's guideline. */
import type { Ref } from 'vue'
import type { LabelKind } from '#main/labels/edit-labels'
import { addExample, quoteCase, removeExample } from '#main/labels/guideline'
import type { LabelSet } from '#main/labels/label-set'
import { client, messageOf } from '#window/client.ts'
import { useToasts } from '#window/stores/toasts.ts'
import type { Desk } from './acts.ts'

export interface Example {
  readonly kind: LabelKind
  /** The type. */
  readonly name: string
  readonly text: string
}

/** The chosen span or relation, quoted; null where neither is chosen. */
export function exampleOf({ annotation, selection: { target }, context }: Desk): Example | null {
  const span = (spanId: string | undefined) => annotation.spans.find(({ id }) => id === spanId)
  if (target?.kind === 'span') {
    const chosen = span(target.spanId)
    return chosen ? { kind: 'entity', name: chosen.label, text: quoteCase(context.words, [chosen]) } : null
  }
  const relation =
    target?.kind === 'relation' ? annotation.relations.find(({ id }) => id === target.relationId) : undefined
  const [subject, object] = [span(relation?.subject), span(relation?.object)]
  if (!relation || !subject || !object) return null
  return { kind: 'relation', name: relation.type, text: quoteCase(context.words, [subject, object]) }
}

export function useExamples(desk: Readonly<Ref<Desk>>, corpusId: () => number | null, say: (sentence: string) => void) {
  const toasts = useToasts()

  /** Starts from the label set as it is now: somebody may have edited it meanwhile. */
  async function change(id: number, edit: (labels: LabelSet) => LabelSet): Promise<boolean> {
    const before = await client.labels.get({ corpusId: id })
    const after = edit(before)
    if (after !== before) await client.labels.update({ corpusId: id, labels: after })
    return after !== before
  }

  /** Says what it did; the toast takes it back. */
  async function add(): Promise<void> {
    const [example, id] = [exampleOf(desk.value), corpusId()]
    if (!example || id === null) {
      say('Choose the span or the relation that shall be an example for its type')
      return
    }
    const { kind, name, text } = example
    const takeBack = () => {
      change(id, (labels) => removeExample(labels, kind, name, text)).then(
        () => say(`No example of ${name} any more: ${text}`),
        (error: unknown) => say(messageOf(error)),
      )
    }
    try {
      const isNew = await change(id, (labels) => addExample(labels, kind, name, text))
      if (corpusId() === id) say(isNew ? `Example of ${name}: ${text}` : `That is an example of ${name} already`)
      const message = `Added to the guideline of ${name}.`
      if (isNew) toasts.show({ kind: 'success', message, corpusId: id, action: { label: 'Undo', run: takeBack } })
    } catch (error) {
      say(messageOf(error))
    }
  }

  return { add }
}
