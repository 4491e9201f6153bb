/** Changes that a reader makes to records so that they can be taken, each kind with the words for its count. */
import { countOf } from '#main/text/numbers'

/** Something in the file is not as the format wants it, and is taken as it is meant. */
export const repairs = {
  white: (count: number) => `${countOf(count, 'text')} with tabs, line breaks or other white space between words`,
  trimmed: (count: number) => `${countOf(count, 'string')} with white space at an end, trimmed`,
  numbers: (count: number) => `${countOf(count, 'number')} taken as text`,
  lists: (count: number) => `${countOf(count, 'record')} without a triple_list, taken without triples`,
  composed: (count: number) =>
    `${countOf(count, 'string')} found where the text composes its letters differently (NFC, NFD)`,
  accents: (count: number) => `${countOf(count, 'string')} found where the text has no accents`,
  tags: (count: number) =>
    `${countOf(count, 'tag')} that the scheme forbids there, read as the beginning or the end of a span`,
  slashes: (count: number) =>
    `${countOf(count, 'entity', 'entities')} with other numbers of words and parts of speech, split at each slash`,
  emptyWords: (count: number) => `${countOf(count, 'word')} without a character, left out`,
  spansTrimmed: (count: number) => `${countOf(count, 'span')} with white space at an end, trimmed`,
  spansGrown: (count: number) => `${countOf(count, 'span')} with an end inside a character, grown to take all of it`,
  unlabelledRelations: (count: number) => `${countOf(count, 'relation')} without a label, taken as "relation"`,
  unlabelledSpans: (count: number) => `${countOf(count, 'span')} without a label, taken as ENTITY`,
  madeSpans: (count: number) => `${countOf(count, 'span')} made of words that a relation joins, as ENTITY`,
  split: (count: number) => `${countOf(count, 'word')} split where the string of a triple begins or ends`,
} as const satisfies Record<string, (count: number) => string>

/** Something stands in the file again and is taken once. */
export const repeats = {
  spans: (count: number) => countOf(count, 'repeated span'),
  relations: (count: number) => countOf(count, 'repeated relation'),
  triples: (count: number) => countOf(count, 'repeated triple'),
  directions: (count: number) => `${countOf(count, 'relation')} of a symmetric type stated in both directions`,
  documents: (count: number) => countOf(count, 'repeated document'),
} as const satisfies Record<string, (count: number) => string>

/** Something that is left out or worth knowing, and that a file may hold often. */
export const remarks = {
  wordsSplit: (count: number) => `${countOf(count, 'word')} split where one span ends and another begins`,
  sentencesJoined: (count: number) =>
    `${countOf(count, 'sentence')} joined to the one before, where a span or a near relation crosses the border`,
  farRelations: (count: number) =>
    `${countOf(count, 'relation')} of spans without words or in sentences too far apart to be joined, kept and not shown`,
  annotators: (count: number) =>
    `${countOf(count, 'record')} with several annotators: the first is the main annotation, the others are layers`,
  otherResults: (count: number) =>
    `${countOf(count, 'result')} of other kinds than labels and relations, kept and not shown`,
  cancelled: (count: number) => `${countOf(count, 'annotation')} cancelled by the annotator, kept and not taken`,
  spanTexts: (count: number) =>
    `${countOf(count, 'span')} of which the file repeats another text than its offsets have; the offsets were taken`,
  refusedAnswers: (count: number) =>
    `${countOf(count, 'record')} rejected or ignored by the annotator: the text was taken without annotations, flagged`,
  ambiguousEnds: (count: number) =>
    `${countOf(count, 'end')} of relations by a word that lies in several spans; the shortest that ends there was taken`,
  utf16: (count: number) => `${countOf(count, 'record')} whose offsets count UTF-16 units, as its text shows`,
  none: (count: number) => `${countOf(count, 'triple')} of the type "None", which means no relation, left out`,
  untyped: (count: number) =>
    `${countOf(count, 'end')} of relations on words that are no entity, taken as a span without a type`,
  noRelation: (count: number) =>
    `${countOf(count, 'record')} of the type "no_relation", taken with both spans and without a triple`,
  across: (count: number) =>
    `${countOf(count, 'relation')} between entities that no sentence holds together, kept with the document and not as a triple`,
  unknownWords: (count: number) =>
    `${countOf(count, 'word')} that the map of words does not know, taken as "[unknown]"`,
  ids: (count: number) => `${countOf(count, 'document')} with the id of another whose content differs; all were taken`,
} as const satisfies Record<string, (count: number) => string>

export type RepairKind = keyof typeof repairs
export type RepeatKind = keyof typeof repeats
export type RemarkKind = keyof typeof remarks
export type ChangeKind = RepairKind | RepeatKind | RemarkKind
