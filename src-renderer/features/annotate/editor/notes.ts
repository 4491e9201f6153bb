/** Notes: the places where one is written, a sentence or something in it, and how its text is saved there. */
import type { SentenceView } from '#main/api/annotations'
import type { Annotation } from '#main/document/annotation'
import type { Edit, EditContext } from '#main/document/edit'
import { noteItem, remarkAt, type ItemRef } from '#main/document/edit-remarks'
import { setNote } from '#main/document/edit-review'
import { tokenTexts } from '#main/document/token-text'
import { keepBoth, type DraftPlace } from '#window/base/draft.ts'
import { messageOf } from '#window/client.ts'
import type { useAnnotationStore } from '#window/features/annotate/stores/annotation.ts'
import { useToasts } from '#window/stores/toasts.ts'

type NotedSentence = Pick<SentenceView, 'sentenceId' | 'corpusName' | 'text'>
type Save = (text: string, base: string) => Promise<void>

/** The id names the text too: another workspace has other sentences of the same number. */
export function notePlace(view: NotedSentence, item: ItemRef | null, saved: string, save: Save): DraftPlace {
  const { sentenceId, corpusName, text } = view
  const about = item ? (item.kind === 'span' ? `span ${item.spanId}` : `relation ${item.relationId}`) : 'sentence'
  return { id: `note: ${corpusName} ${sentenceId} ${text.slice(0, 80)} ${about}`, saved, save }
}

/** The edit that writes a note where it was begun, whatever is open now; two texts of one place are both kept. */
export function noteEdit(
  annotation: Annotation,
  item: ItemRef | null,
  { text, base }: { readonly text: string; readonly base: string },
  context: EditContext,
): Edit {
  if (!item) return setNote(annotation, keepBoth(annotation.review.note, base, text))
  const remark = remarkAt(annotation, item)
  if (!remark) throw new Error(`The ${item.kind} that the note was written on is gone. The note was: ${text}`)
  return noteItem(annotation, item, keepBoth(remark.note, base, text), context)
}

/** Saves notes; a failure is told, since the field it was typed in may be gone. */
export function useNotes(store: ReturnType<typeof useAnnotationStore>) {
  const toasts = useToasts()

  return (sentenceId: number, item: ItemRef | null): Save =>
    async (text, base) => {
      try {
        await store.applyIn(sentenceId, ({ annotation, text: sentence, tokens }) => {
          const words = tokenTexts(sentence, tokens).map((token) => token.text)
          const context = { author: store.author, words, tokens, newId: () => crypto.randomUUID() }
          return noteEdit(annotation, item, { text, base }, context)
        })
      } catch (error) {
        const message = `A note on sentence ${sentenceId} could not be saved: ${messageOf(error)}`
        toasts.show({ kind: 'error', message })
        throw error
      }
    }
}
