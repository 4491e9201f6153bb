/** Placing what a file says of sentences: found in a corpus by their letters, in the words and the types of the corpus. */
import { randomUUID } from 'node:crypto'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import { emptyAnnotation, type AnnotatedRelation, type AnnotatedSpan } from '#main/document/annotation'
import type { Layer } from '#main/document/layer'
import type { TypeMapping } from '#main/document/type-mapping'
import { placesIn } from '#main/evaluation/match-sentences'
import type { CorpusRepository } from '#main/storage/corpus-repository'
import { wordsOf } from '#main/text/words'

/** A sentence as a file has it. */
export interface FileSentence {
  readonly record: number
  readonly words: readonly string[]
  readonly said: Pick<SentenceAnnotation, 'spans' | 'relations' | 'unanchored'>
}

/** The sentences of a doc, each with what the layer of a system says, or else what the file annotates. */
export function fileSentences(doc: AnnotatedDoc, record: number): FileSentence[] {
  const words = wordsOf(doc.text, doc.tokens)
  const annotations = doc.layers?.find(({ kind }) => kind === 'system')?.annotations ?? doc.annotations
  return doc.sentences.flatMap(({ start, end }, at) => {
    const said = annotations[at]
    return said && end > start ? [{ record, words: words.slice(start, end), said }] : []
  })
}

interface FoundSentence {
  readonly sentenceId: number
  readonly words: readonly string[]
}

/** Finds the sentences of a corpus that have the letters of a sentence, whatever the white space and the borders of words. */
export function createFinder(corpora: Pick<CorpusRepository, 'alike'>, corpusId: number) {
  /** Number of times that each text came: where a corpus has a text twice, its second one takes what the file says the second time. */
  const times = new Map<number, number>()
  return (words: readonly string[]): FoundSentence[] => {
    const letters = words.join('')
    const found = corpora.alike(corpusId, words.join(' ')).flatMap(({ sentenceId, text, tokens }) => {
      const own = wordsOf(text, tokens)
      return own.join('') === letters ? [{ sentenceId, words: own }] : []
    })
    const [first] = found
    if (!first || found.length === 1) return found
    const came = times.get(first.sentenceId) ?? 0
    times.set(first.sentenceId, came + 1)
    return found.slice(Math.min(came, found.length - 1))
  }
}

export interface PlacedSentenceAnnotation {
  readonly annotation: SentenceAnnotation
  /** Number of spans and relations that are left out: their types are, or they are no runs of whole words. */
  readonly lost: number
}

/** What the file says in the words and types of a sentence of the corpus, as said by the layer. */
export function placeSaid(
  { words, said }: FileSentence,
  here: readonly string[],
  { name }: Layer,
  { entities, relations: relationTypes }: TypeMapping,
): PlacedSentenceAnnotation {
  const rangeOf = placesIn(here, words)
  const by = ({ provenance: { confidence } }: AnnotatedSpan | AnnotatedRelation) => ({
    ...{ origin: 'system' as const, author: name },
    ...(confidence !== undefined && { confidence }),
  })
  const ids = new Map<string, string>()
  const spans = said.spans.flatMap((span): AnnotatedSpan[] => {
    const [range, label] = [rangeOf(span), entities[span.label]]
    if (!range || !label) return []
    const id = randomUUID()
    ids.set(span.id, id)
    return [{ ...range, id, label, provenance: by(span) }]
  })
  const relations = said.relations.flatMap((relation): AnnotatedRelation[] => {
    const [subject, type, object] = [ids.get(relation.subject), relationTypes[relation.type], ids.get(relation.object)]
    return subject && type && object ? [{ id: randomUUID(), subject, type, object, provenance: by(relation) }] : []
  })
  const before = said.spans.length + said.relations.length + said.unanchored.length
  return {
    annotation: {
      ...{ ...emptyAnnotation, spans, relations, unanchored: [] },
      ...{ ambiguousAnchors: 0, repeatedTriples: 0, history: [] },
    },
    lost: before - spans.length - relations.length,
  }
}
