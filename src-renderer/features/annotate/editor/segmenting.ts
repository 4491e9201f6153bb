/** Splitting and joining words and sentences: what the commands mean at the cursor, and the word that is about to be split. */
import { shallowRef, type Ref } from 'vue'
import type { SegmentationAct } from '#main/api/segmentation'
import { graphemeBorders } from '#main/document/char-bounds'
import { selectedRange } from '#window/features/annotate/input/selection.ts'
import type { Desk } from './acts.ts'

export const segmentingCommands = ['split-word', 'join-words', 'split-sentence', 'join-sentences'] as const
export type SegmentingCommand = (typeof segmentingCommands)[number]

/** A word that waits for the place at which it is split. */
export interface WordToSplit {
  readonly word: number
  readonly text: string
  /** Places between its characters, in code points from its start. */
  readonly places: readonly number[]
}

export interface Segmenting {
  readonly wordToSplit: Ref<WordToSplit | null>
  run(command: SegmentingCommand): void
  split(at: number): void
}

export function useSegmenting(
  desk: Readonly<Ref<Desk>>,
  segment: (act: SegmentationAct) => void,
  say: (sentence: string) => void,
): Segmenting {
  const wordToSplit = shallowRef<WordToSplit | null>(null)

  /** A bound within the word, where characters are selected, is the place; else it is asked for. */
  function splitWord(word: number): void {
    const { context, selection } = desk.value
    const [text, token] = [context.words[word], context.tokens?.[word]]
    if (text === undefined || !token) return
    const { chars } = selectedRange(selection, desk.value)
    const places = graphemeBorders(text).slice(1, -1)
    const bounds = chars ? [chars.start - token.start, chars.end - token.start] : []
    const [at, ...others] = bounds.filter((bound) => places.includes(bound))
    if (places.length === 0) say(`${text} has one character: it cannot be split`)
    else if (at !== undefined && others.length === 0) segment({ kind: 'split-word', word, at })
    else wordToSplit.value = { word, text, places }
  }

  return {
    wordToSplit,
    run(command) {
      const { start: word } = selectedRange(desk.value.selection, desk.value)
      if (command === 'split-word') splitWord(word)
      else if (command === 'join-sentences') segment({ kind: command })
      else segment({ kind: command, word })
    },
    split(at) {
      const asked = wordToSplit.value
      wordToSplit.value = null
      if (asked) segment({ kind: 'split-word', word: asked.word, at })
    },
  }
}
