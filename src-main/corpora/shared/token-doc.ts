/** The builder of Docs from given words: formats that count words, not characters, say what stands on which words of a sentence. */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc, DocLayer, SentenceAnnotation } from '#main/document/annotated-doc'
import type { AnnotatedRelation, AnnotatedSpan, Provenance } from '#main/document/annotation'
import type { Split, Token } from '#main/document/doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { TextRange } from '#main/text/range'
import { placeWords } from './place-words.ts'
import type { ProblemLog } from './problem-log.ts'
import { takeOnce } from './take-once.ts'
import { unmarked } from './unmarked.ts'

/** A span by words of its sentence: `start` is the first, `end` the first after it. */
export interface WordSpan {
  readonly start: number
  readonly end: number
  readonly label: string
  /** Probability that a model gave it. */
  readonly confidence?: number
}

/** A relation between spans of the same sentence, by their indices in its list. */
export interface WordRelation {
  readonly subject: number
  readonly object: number
  readonly type: string
  readonly confidence?: number
}

export interface SentenceMarks {
  readonly spans: readonly WordSpan[]
  readonly relations: readonly WordRelation[]
  /** Triples whose words do not stand in the sentence. */
  readonly unanchored?: readonly TextTriple[]
}

export interface WordSentence extends SentenceMarks {
  readonly words: readonly string[]
  /** Part of speech of every word; undefined where the file says none. */
  readonly pos?: readonly (string | undefined)[]
}

export interface MarkedLayer extends Pick<DocLayer, 'name' | 'kind'> {
  /** One entry for each sentence. */
  readonly sentences: readonly SentenceMarks[]
}

export interface TokenDocOptions {
  readonly id: string
  readonly fileName: string
  /** Number of the record, for the log. */
  readonly record: number
  /** The text that the words were made of, where the file has it. Else the words are joined by single spaces. */
  readonly original?: string | undefined
  readonly split?: Split | undefined
  readonly layers?: readonly MarkedLayer[]
  readonly sourceExtra?: Json | undefined
}

/**
 * The Doc of these sentences. Words of no character are left out, as no text can hold them, and the spans move with the rest.
 * Spans and relations that are stated again are taken once.
 */
export function buildTokenDoc(
  sentences: readonly WordSentence[],
  options: TokenDocOptions,
  log: Pick<ProblemLog, 'change'>,
): AnnotatedDoc {
  const { id, fileName, record, original, split, layers = [], sourceExtra } = options
  const kept = sentences.map(({ words }) => keptWords(words))
  const words = sentences.flatMap((sentence) => sentence.words.filter((word) => word !== ''))
  const pos = sentences.flatMap((sentence) =>
    sentence.words.flatMap((word, at) => (word === '' ? [] : [sentence.pos?.[at]])),
  )
  const { text, ranges } = placeWords(words, original)
  const missing = sentences.reduce((sum, sentence) => sum + sentence.words.length, 0) - words.length
  log.change('emptyWords', record, missing)
  const tokens = ranges.map((range, at): Token => {
    const own = pos[at]
    return own === undefined ? range : { ...range, pos: own }
  })
  const annotate = (marks: readonly SentenceMarks[], by: string): SentenceAnnotation[] =>
    kept.map((map, at) => {
      const said = marks[at] ?? { spans: [], relations: [] }
      return annotationOf(said, map, by, (kind) => log.change(kind, record))
    })
  return {
    ...{ id, text, tokens, sentences: rangesOf(kept.map((map) => map.length)) },
    annotations: annotate(sentences, fileName),
    ...(split && { split }),
    ...(layers.length > 0 && {
      layers: layers.map(({ name, kind, sentences: marks }) => ({ name, kind, annotations: annotate(marks, name) })),
    }),
    ...(sourceExtra !== undefined && { sourceExtra }),
  }
}

interface KeptWords {
  /** Number of words with a character. */
  readonly length: number
  /** Number of these before a word of the file. */
  before(word: number): number
}

function keptWords(words: readonly string[]): KeptWords {
  if (!words.includes('')) return { length: words.length, before: (word) => word }
  const before = [0]
  for (const word of words) before.push((before.at(-1) ?? 0) + (word === '' ? 0 : 1))
  return { length: before.at(-1) ?? 0, before: (word) => before[word] ?? 0 }
}

function rangesOf(lengths: readonly number[]): TextRange[] {
  let start = 0
  return lengths.map((length) => ({ start, end: (start += length) }))
}

function annotationOf(
  { spans, relations, unanchored = [] }: SentenceMarks,
  map: KeptWords,
  author: string,
  change: (kind: 'spans' | 'relations') => void,
): SentenceAnnotation {
  const provenanceOf = ({ confidence }: { readonly confidence?: number }): Provenance => ({
    ...{ origin: 'import', author },
    ...(confidence !== undefined && { confidence }),
  })
  const stated = spans.map((span, index): AnnotatedSpan => ({
    ...{ id: `s${index + 1}`, start: map.before(span.start), end: map.before(span.end), label: span.label },
    provenance: provenanceOf(span),
  }))
  const held = new Set(stated.flatMap(({ id, start, end }) => (start < end ? [id] : [])))
  const joined = relations.map((relation, index): AnnotatedRelation => ({
    id: `r${index + 1}`,
    subject: stated[relation.subject]?.id ?? '',
    object: stated[relation.object]?.id ?? '',
    type: relation.type,
    provenance: provenanceOf(relation),
  }))
  const once = takeOnce(
    {
      spans: stated.filter(({ id }) => held.has(id)),
      relations: joined.filter(({ subject, object }) => held.has(subject) && held.has(object)),
    },
    (kind) => {
      if (kind === 'spans' || kind === 'relations') change(kind)
    },
  )
  const { spans: ownSpans, relations: ownRelations, repeatedRelations } = once
  return { ...unmarked, spans: ownSpans, relations: ownRelations, unanchored, repeatedTriples: repeatedRelations }
}
