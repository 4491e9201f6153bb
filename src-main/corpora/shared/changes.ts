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
  split: (count: number) => `${countOf(count, 'word')} split where the string of a triple begins or ends`,
} as const satisfies Record<string, (count: number) => string>

/** Something stands in the file again and is taken once. */
export const repeats = {
  spans: (count: number) => countOf(count, 'repeated span'),
  relations: (count: number) => countOf(count, 'repeated relation'),
  triples: (count: number) => countOf(count, 'repeated triple'),
  documents: (count: number) => countOf(count, 'repeated document'),
} as const satisfies Record<string, (count: number) => string>

/** Something that is left out or worth knowing, and that a file may hold often. */
export const remarks = {
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
