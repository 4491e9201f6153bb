/** Triples given as strings → spans and relations among the words of a sentence. */
import { emptyAnnotation, type AnnotatedRelation, type AnnotatedSpan, type Provenance } from '#main/document/annotation'
import type { TextTriple } from '#main/document/labelled-sentence'
import { untypedEntity } from '#main/labels/label-set'
import { findStarts, findWords } from '#main/text/find-words'
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import type { ProblemLog } from './problem-log.ts'

/** What a file says of a sentence in strings. */
interface Stated {
  readonly triples: readonly TextTriple[]
  /** Entities whether or not they stand in a triple; one that is listed again stands at its next occurrence. */
  readonly entities?: readonly string[]
}

/** Every string of a triple stands at its first occurrence; how many could stand elsewhere too is counted. `number` is the record's. */
export function anchorTriples(
  words: readonly string[],
  { triples, entities = [] }: Stated,
  number: number,
  fileName: string,
  log: ProblemLog,
): Omit<SentenceAnnotation, 'repeatedTriples'> {
  const provenance: Provenance = { origin: 'import', author: fileName }
  const spans = new Map<string, AnnotatedSpan>()
  const relations: AnnotatedRelation[] = []
  const unanchored: TextTriple[] = []
  let ambiguousAnchors = 0
  const spanOf = ({ start, end }: { start: number; end: number }) => {
    const known = spans.get(`${start}:${end}`)
    const span = known ?? { id: `s${spans.size + 1}`, start, end, label: untypedEntity, provenance }
    spans.set(`${start}:${end}`, span)
    return span
  }
  for (const triple of triples) {
    const subject = findWords(words, triple.subject.split(' '))
    const object = findWords(words, triple.object.split(' '))
    if (!subject || !object) {
      unanchored.push(triple)
      const missing = subject ? triple.object : triple.subject
      log.note(
        number,
        `"${missing}" ${absenceOf(missing, words)}; the triple counts in scoring but cannot be trained on`,
      )
      continue
    }
    if (subject.occurrences > 1 || object.occurrences > 1) ambiguousAnchors++
    const id = `r${relations.length + 1}`
    relations.push({ id, subject: spanOf(subject).id, object: spanOf(object).id, type: triple.type, provenance })
  }
  for (const [entity, listed] of countEach(entities)) {
    const phrase = entity.split(' ')
    const starts = findStarts(words, phrase)
    for (const start of starts.slice(0, listed)) spanOf({ start, end: start + phrase.length })
    if (starts.length === 0) log.note(number, `"${entity}" ${absenceOf(entity, words)}; it is left out`)
  }
  return { ...emptyAnnotation, spans: [...spans.values()], relations, unanchored, ambiguousAnchors, history: [] }
}

function countEach(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}

/** Why a string was not found, as far as the sentence tells. */
function absenceOf(text: string, words: readonly string[]): string {
  const phrase = text.trim().split(/ +/)
  const folded = findWords(words.map(foldAccents), phrase.map(foldAccents))
  if (folded) return `stands in the sentence only as "${words.slice(folded.start, folded.end).join(' ')}"`
  return words.join(' ').includes(text)
    ? 'stands in the sentence only as a part of words'
    : 'does not stand in the sentence'
}

function foldAccents(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '')
}
