/** Triples of one sentence of a diff: where each stands, and how probable both members and their early passes find it. */
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import { decodeTriples, type Prediction } from '#main/document/prediction'
import type { SymmetricTypes, Triple } from '#main/document/relation'
import { textKey, toTextTriple, type Item, type SentenceItems } from '#main/evaluation/match-items'
import type { MatchMode } from '#main/evaluation/match-mode'
import { isStringMode, stringItem } from '#main/evaluation/match-strings'

/** First word of a part of a triple, and the word behind its last, in a sentence. */
export interface WordRange {
  readonly start: number
  readonly end: number
}

/** A triple of gold or of a prediction. */
export interface DiffTriple extends TextTriple {
  /** Where its parts stand; null where its strings do not stand in the sentence. */
  readonly ends: { readonly subject: WordRange; readonly object: WordRange } | null
  readonly isGold: boolean
  /** How probable the first finds it; null where it does not predict it. */
  readonly first: number | null
  readonly second: number | null
  /** The same of the early passes; null also where a member has none. */
  readonly firstEarly: number | null
  readonly secondEarly: number | null
}

/** One member of a diff: what its prediction of the sentence is, and the items that the match mode makes of it. */
interface DiffMember {
  readonly items: SentenceItems
  readonly prediction: Prediction | null
}

/** Gold triples first, then those that one or both predict wrongly. */
export function diffTriples(
  sentence: LabelledSentence,
  first: DiffMember,
  second: DiffMember,
  mode: MatchMode,
): DiffTriple[] {
  return triplesOf(first.items, second.items, {
    gold: goldEnds(sentence, mode),
    first: foundIn(sentence, first.prediction, mode),
    second: foundIn(sentence, second.prediction, mode),
    firstEarly: foundIn(sentence, earlyOf(first.prediction), mode),
    secondEarly: foundIn(sentence, earlyOf(second.prediction), mode),
  })
}

type Ends = NonNullable<DiffTriple['ends']>
type Found = ReadonlyMap<string, Ends & { readonly probability: number }>

/** What is known of the triples of a sentence, by the key under which each is remembered. */
interface Known extends Readonly<Record<'first' | 'second' | 'firstEarly' | 'secondEarly', Found>> {
  readonly gold: ReadonlyMap<string, Ends>
}

function triplesOf(first: SentenceItems, second: SentenceItems, known: Known): DiffTriple[] {
  const all = new Map<string, Item>([...first.gold, ...first.predicted, ...second.predicted])
  return [...all].map(([key, { memory }]) => {
    const [subject = '', type = '', object = ''] = JSON.parse(memory) as string[] // written by textKey
    const ends = known.gold.get(memory) ?? known.first.get(memory) ?? known.second.get(memory)
    return {
      ...{ subject, type, object, isGold: first.gold.has(key) },
      ends: ends ? { subject: ends.subject, object: ends.object } : null,
      first: first.predicted.has(key) ? (known.first.get(memory)?.probability ?? 1) : null,
      second: second.predicted.has(key) ? (known.second.get(memory)?.probability ?? 1) : null,
      firstEarly: known.firstEarly.get(memory)?.probability ?? null,
      secondEarly: known.secondEarly.get(memory)?.probability ?? null,
    }
  })
}

/** The early pass as a prediction of its own. */
function earlyOf(prediction: Prediction | null): Prediction | null {
  return prediction?.early ? { ...prediction, ...prediction.early, early: null } : null
}

function foundIn({ words, symmetric }: LabelledSentence, prediction: Prediction | null, mode: MatchMode): Found {
  if (!prediction) return new Map()
  return new Map(
    decodeTriples(prediction, mode !== 'exact').map((triple) => [
      memoryOf(words, triple, mode, symmetric),
      { ...endsOf(triple), probability: triple.probability },
    ]),
  )
}

function goldEnds({ words, triples, symmetric }: LabelledSentence, mode: MatchMode): Known['gold'] {
  return new Map(triples.map((triple) => [memoryOf(words, triple, mode, symmetric), endsOf(triple)]))
}

/** The key under which a triple is remembered. */
function memoryOf(words: readonly string[], triple: Triple, mode: MatchMode, symmetric?: SymmetricTypes): string {
  const text = toTextTriple(words, triple)
  return isStringMode(mode) ? stringItem(text, mode, symmetric).memory : textKey(text)
}

function endsOf({ subject, object }: Triple): Ends {
  return {
    subject: { start: subject.start, end: subject.end },
    object: { start: object.start, end: object.end },
  }
}
