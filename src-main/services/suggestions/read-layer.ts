/** Reading what another system says of the sentences of a corpus: in the types of its label set, counted, and handed on in batches. */
import { setImmediate } from 'node:timers/promises'
import type { CallInputs } from '#main/api/handlers'
import { openCorpus } from '#main/corpora/read-corpus'
import type { Source } from '#main/core/source'
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import type { TypeMapping, TypeNames } from '#main/document/type-mapping'
import { mapLayerTypes } from '#main/labels/map-layer-types'
import type { CorpusRepository } from '#main/storage/corpus-repository'
import { countOf } from '#main/text/numbers'
import { createFinder, fileSentences, placeSaid, type FileSentence } from './place-layer.ts'

export type LayerRequest = CallInputs['suggestions']['importLayer']

/** Number of sentences that are handed on together. */
const handedOnAtOnce = 500

export interface LayerReading {
  /** Number of sentences of the file that are in the corpus, and of those that are not. */
  readonly found: number
  readonly strangers: number
  readonly stranger: { readonly record: number; readonly text: string } | null
  /** Number of records that could not be read, or that hold a sentence that is not in the corpus. */
  readonly recordsLeftOut: number
  /** A sentence about the records that could not be read; null where there are none. */
  readonly unread: string | null
  /** Types of the sentences that were found, and what they stand for. */
  readonly mapping: TypeMapping
  /** Number of sentences of the corpus that the layer speaks of, of its spans and relations, and of those that were left out. */
  readonly sentences: number
  readonly spans: number
  readonly relations: number
  readonly lost: number
}

/**
 * Reads the whole file. Read twice, it gives the same counts.
 * @param known types of the label set.
 * @param handOn takes what the layer says, by sentence id.
 */
export async function readLayer(
  source: Source,
  { corpusId, name, addsLabels, format, settings, encoding }: LayerRequest,
  { corpora, known }: { readonly corpora: Pick<CorpusRepository, 'alike'>; readonly known: TypeNames },
  signal: AbortSignal,
  handOn: (said: ReadonlyMap<number, SentenceAnnotation>) => void = () => undefined,
): Promise<LayerReading> {
  const choice = { format, settings: settings as never, encoding } // as the contract has parsed them
  const reading = await openCorpus(source, choice, { signal })
  const find = createFinder(corpora, corpusId)
  const mapTypes = mapLayerTypes(known, addsLabels ?? false)
  const totals = { found: 0, strangers: 0, sentences: 0, spans: 0, relations: 0, lost: 0 }
  const recordsOfStrangers = new Set<number>()
  let stranger: LayerReading['stranger'] = null
  const waiting = new Map<number, SentenceAnnotation>()
  const flush = async (): Promise<void> => {
    totals.sentences += waiting.size
    handOn(waiting)
    waiting.clear()
    await setImmediate()
  }
  const place = (sentence: FileSentence, sentenceId: number, words: readonly string[]): void => {
    const mapping = mapTypes(typesOf(sentence))
    const { annotation, lost } = placeSaid(sentence, words, { kind: 'system', name }, mapping)
    if (!waiting.has(sentenceId)) {
      totals.spans += annotation.spans.length
      totals.relations += annotation.relations.length
      totals.lost += lost
    }
    waiting.set(sentenceId, annotation)
  }
  for await (const { doc, record } of reading.docs)
    for (const sentence of fileSentences(doc, record)) {
      const places = find(sentence.words)
      if (places.length > 0) totals.found++
      else {
        totals.strangers++
        recordsOfStrangers.add(record)
        stranger ??= { record, text: sentence.words.join(' ') }
      }
      for (const { sentenceId, words } of places) {
        place(sentence, sentenceId, words)
        if (waiting.size >= handedOnAtOnce) await flush()
      }
    }
  await flush()
  const { counts, problems } = reading.report()
  const worst = problems.find(({ severity }) => severity === 'rejected')
  const unread = `${countOf(counts.rejected, 'record')} could not be read${worst ? `, the first: ${worst.message}` : ''}.`
  return {
    ...{ ...totals, stranger, mapping: mapTypes({ entities: [], relations: [] }) },
    recordsLeftOut: counts.rejected + recordsOfStrangers.size,
    unread: counts.rejected > 0 ? unread : null,
  }
}

function typesOf({ said }: FileSentence): TypeNames {
  return { entities: said.spans.map(({ label }) => label), relations: said.relations.map(({ type }) => type) }
}
