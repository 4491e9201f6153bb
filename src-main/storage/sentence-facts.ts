/** Facts that a sentence row holds about its annotation, so that lists and filters need no join; every write computes them. */
import type { AnnotatedRelation, AnnotatedSpan } from '#main/document/annotation'
import type { TextTriple } from '#main/document/labelled-sentence'
import { toTriples } from '#main/document/relation'
import { isSoo, overlapClasses } from '#main/evaluation/overlap-class'
import { textKey } from '#main/evaluation/match-items'
import { joinWords } from '#main/text/join-words'

interface SentenceFacts {
  readonly spanCount: number
  /** Number of unique triples of strings, unanchored ones included. */
  readonly tripleCount: number
  /** Sum of the `overlapBits` of the sentence's classes, counted over its triples as the file lists them; 0 without triples. */
  readonly overlap: number
}

export const overlapBits = { Normal: 1, SEO: 2, EPO: 4, SOO: 8 } as const

interface SentenceContent {
  readonly spans: readonly AnnotatedSpan[]
  readonly relations: readonly AnnotatedRelation[]
  readonly unanchored: readonly TextTriple[]
  readonly repeatedTriples: number
}

export function factsOf(words: readonly string[], content: SentenceContent): SentenceFacts {
  const sentence = labelled(words, content)
  const classes = [...overlapClasses(sentence, 'list'), ...(isSoo(sentence) ? ['SOO' as const] : [])]
  return {
    spanCount: content.spans.length,
    tripleCount: textTriples(words, content).length,
    overlap: classes.reduce((sum, name) => sum + overlapBits[name], 0),
  }
}

/** The triples as strings, each once; unanchored ones last. */
export function textTriples(words: readonly string[], content: SentenceContent): readonly TextTriple[] {
  const all = [
    ...toTriples(content.spans, content.relations).map(({ subject, type, object }): TextTriple => ({
      subject: joinWords(words.slice(subject.start, subject.end)),
      type,
      object: joinWords(words.slice(object.start, object.end)),
    })),
    ...content.unanchored,
  ]
  return [...new Map(all.map((triple) => [textKey(triple), triple])).values()]
}

function labelled(words: readonly string[], { spans, relations, unanchored, repeatedTriples }: SentenceContent) {
  return { sentenceId: 0, words, spans, triples: toTriples(spans, relations), unanchored, repeatedTriples }
}
