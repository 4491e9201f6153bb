/** Kept columns: those of a file beside words, parts of speech and tags; they stay with the Doc so that they are written back. */
import type { Json } from '#main/core/json'
import { isJsonObject, listOf } from '../../shared/fields.ts'
import type { ColumnLayout } from './layout.ts'

export interface KeptColumns extends Omit<ColumnLayout, 'scheme'> {
  /** The line with -DOCSTART-; null where there was none. */
  readonly documentStart: string | null
  /** Lines that begin with "#", by the sentence that they stand before. */
  readonly comments: readonly { readonly sentence: number; readonly text: string }[]
  /** Cells of the further columns, a list for each word. */
  readonly cells: readonly (readonly string[])[]
}

/** The layout of what is written where a Doc keeps none: word, part of speech, tag. */
export const usualColumns: KeptColumns = {
  ...{ separator: '\t', columns: 3, token: 0, pos: 1, tag: 2 },
  ...{ documentStart: null, comments: [], cells: [] },
}

/** The columns as a value under "conll"; undefined where they are the usual ones. */
export function keepColumns(kept: KeptColumns): { readonly conll: Json } | undefined {
  const { separator, columns, token, pos, tag, documentStart, comments, cells } = kept
  const isUsual = columns === 3 && separator === '\t' && token === 0 && pos === 1 && tag === 2 && comments.length === 0
  if (isUsual && (documentStart === null || documentStart === writtenStart(kept))) return undefined
  return {
    conll: {
      ...{ separator, columns, token, pos, tag },
      ...(documentStart !== null && { documentStart }),
      ...(comments.length > 0 && { comments: comments.map(({ sentence, text }) => [sentence, text]) }),
      ...(cells.some((further) => further.length > 0) && { cells }),
    },
  }
}

/** The line before a document whose own is not kept. */
export function writtenStart({ columns, separator }: Pick<KeptColumns, 'columns' | 'separator'>): string {
  return ['-DOCSTART-', ...Array.from({ length: columns - 2 }, () => '-X-'), 'O'].join(separator)
}

/** The columns that a Doc keeps; null when it keeps none, or none that can be. */
export function keptColumns(sourceExtra: Json | undefined): KeptColumns | null {
  const kept = isJsonObject(sourceExtra) ? sourceExtra['conll'] : undefined
  if (!isJsonObject(kept)) return null
  const { separator, columns, token, pos, tag, documentStart } = kept
  const isPlace = (value: Json | undefined): value is number =>
    typeof value === 'number' && typeof columns === 'number' && Number.isInteger(value) && value >= 0 && value < columns
  const isKnown =
    (separator === '\t' || separator === ' ') && typeof columns === 'number' && columns >= 2 && columns <= 100
  if (!isKnown || !isPlace(token) || !isPlace(tag) || !(pos === null || isPlace(pos))) return null
  if (new Set([token, tag, pos]).size !== 3) return null
  return {
    ...{ separator, columns, token, pos, tag },
    documentStart: typeof documentStart === 'string' ? documentStart : null,
    comments: listOf(kept['comments']).flatMap((item) => {
      const [sentence, text] = listOf(item)
      return typeof sentence === 'number' && typeof text === 'string' ? [{ sentence, text }] : []
    }),
    cells: listOf(kept['cells']).map((further) => listOf(further).map(String)),
  }
}
