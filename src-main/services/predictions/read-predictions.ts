/** Reads a file of predictions in any format of a corpus: the layer of a system where it has one, else what it annotates. */
import { openCorpus, type ReadChoice } from '#main/corpora/read-corpus'
import type { Source } from '#main/core/source'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import { spanText, type TextTriple } from '#main/document/labelled-sentence'
import { toTriples } from '#main/document/relation'
import type { ReadSentence } from '#main/evaluation/match-sentences'
import { untypedEntity } from '#main/labels/label-set'
import { countOf } from '#main/text/numbers'
import { wordsOf } from '#main/text/words'

export interface ReadPredictions {
  readonly sentences: readonly ReadSentence[]
  /** What reading had to note, as sentences. */
  readonly notes: readonly string[]
}

/** @throws AppError that names the file when it cannot be read. */
export async function readPredictions(
  source: Source,
  choice: ReadChoice,
  signal: AbortSignal,
): Promise<ReadPredictions> {
  const reading = await openCorpus(source, choice, { signal })
  const sentences: ReadSentence[] = []
  for await (const { doc, record } of reading.docs) sentences.push(...sentencesOf(doc, record))
  const { counts, problems } = reading.report()
  const [worst] = problems.filter(({ severity }) => severity === 'rejected')
  const isTyped = sentences.some(({ spans }) => spans.some(({ label }) => label !== untypedEntity))
  const statesStrings = reading.format.keeps.some((kept) => kept.includes('as strings'))
  return {
    sentences,
    notes: [
      ...(counts.rejected > 0
        ? [
            `${countOf(counts.rejected, 'record')} of ${source.name} could not be read${worst ? `, the first: ${worst.message}` : ''}.`,
          ]
        : []),
      ...(statesStrings
        ? [
            'The file states strings: in span and cell mode each stands at its first occurrence in the sentence.',
            ...(isTyped
              ? []
              : [
                  'It names no entity types, so span mode and the scores of entities compare without them only where the corpus has none.',
                ]),
          ]
        : []),
    ],
  }
}

function sentencesOf(doc: AnnotatedDoc, record: number): ReadSentence[] {
  const words = wordsOf(doc.text, doc.tokens)
  const system = doc.layers?.find(({ kind }) => kind === 'system')
  return doc.sentences.flatMap(({ start, end }, at): ReadSentence[] => {
    const own = words.slice(start, end)
    const [main, predicted] = [doc.annotations[at], (system?.annotations ?? doc.annotations)[at]]
    if (!predicted || own.length === 0) return []
    const { spans, relations, unanchored } = predicted
    return [
      {
        ...{ record, words: own, unanchored, triples: toTriples(spans, relations) },
        spans: spans.map((span) => ({ start: span.start, end: span.end, label: span.label })),
        gold: system && main ? textTriplesOf(main, own) : null,
      },
    ]
  })
}

function textTriplesOf({ spans, relations, unanchored }: SentenceAnnotation, words: readonly string[]): TextTriple[] {
  const anchored = toTriples(spans, relations).map(({ subject, type, object }) => ({
    ...{ subject: spanText(words, subject), type, object: spanText(words, object) },
  }))
  return [...anchored, ...unanchored]
}
