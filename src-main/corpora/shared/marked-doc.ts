/** A text with marks by characters → words, sentences and the annotation of each, the same for all layers of the text. */
import type { AnnotatedRelation } from '#main/document/annotation'
import type { Sentence, Token } from '#main/document/doc'
import { createOffsetTable } from '#main/text/code-points'
import { splitLines, splitSentences } from '#main/text/sentences'
import { tokenize } from '#main/text/words'
import { annotate, type MarkedLayer } from './mark-layer.ts'
import { joinSentences } from './mark-sentences.ts'
import { placeMark, splitSharedWords, type PlacedMark } from './mark-words.ts'
import type { Mark, Marks, RecordLog } from './marks.ts'
import type { TextRules } from './text-rules.ts'

export interface MarkedText {
  readonly text: string
  /** Words as the file gives them; found when left out. */
  readonly tokens?: readonly Token[]
  /** Sentences as the file gives them, ranges of its words that cover all of them; found when left out. */
  readonly sentences?: readonly Sentence[]
  readonly layers: readonly Marks[]
  /** Rules by which words and sentences are found. */
  readonly rules: TextRules
  readonly sentencePerLine?: boolean | undefined
}

export interface MarkedDoc {
  readonly tokens: readonly Token[]
  readonly sentences: readonly Sentence[]
  /** In the order of `MarkedText.layers`. */
  readonly layers: readonly MarkedLayer[]
}

/** Takes time that grows with the length of the text and the number of marks, but for a logarithm. */
export function buildMarkedDoc(
  { text, layers, rules, sentencePerLine = false, ...given }: MarkedText,
  log: RecordLog,
): MarkedDoc {
  const table = createOffsetTable(text)
  const place = (tokens: readonly Token[]) =>
    layers.map(({ spans }) => spans.map((span) => placeMark(span, tokens, table)))
  const unsplit = given.tokens ?? tokenize(text, rules.words)
  const first = place(unsplit)
  const tokens = given.tokens ? unsplit : splitSharedWords(unsplit, first)
  const placed = tokens === unsplit ? first : place(tokens)
  log.change('wordsSplit', tokens.length - unsplit.length)
  const found = () => (sentencePerLine ? splitLines(text, tokens) : splitSentences(text, tokens, rules.words.language))
  const unjoined = given.sentences ?? found()
  const sentences = joinSentences(
    unjoined,
    placed.flatMap((marks) => marks.filter((mark) => mark !== null)),
    layers.flatMap(({ spans, relations }, index) => endsOf(spans, relations, placed[index] ?? [])),
  )
  log.change('sentencesJoined', unjoined.length - sentences.length)
  return {
    tokens,
    sentences,
    layers: layers.map((marks, index) => annotate(marks, placed[index] ?? [], { tokens, sentences }, log)),
  }
}

function endsOf(
  spans: readonly Mark[],
  relations: readonly AnnotatedRelation[],
  placed: readonly (PlacedMark | null)[],
) {
  const byId = new Map(spans.map(({ id }, index) => [id, placed[index] ?? null]))
  return relations.flatMap(({ subject: from, object: to }) => {
    const [subject, object] = [byId.get(from), byId.get(to)]
    return subject && object ? [{ subject, object }] : []
  })
}
