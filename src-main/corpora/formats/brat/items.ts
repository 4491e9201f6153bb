/** Spans and relations of a Doc as brat names them: by ids such as T1 and R1, with types that hold no white space. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { remarkOf } from '#main/document/remark'
import { allMarksOf } from '../../shared/doc-marks.ts'
import { giveIds } from '../../shared/given-ids.ts'
import { noteText } from './standoff.ts'

export interface SpanItem {
  readonly id: string
  readonly type: string
  readonly start: number
  readonly end: number
  readonly text: string
  readonly note: string
}

export interface RelationItem {
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly object: string
  readonly note: string
}

export interface Items {
  readonly spans: readonly SpanItem[]
  readonly relations: readonly RelationItem[]
}

/** New ids are none of `taken`. */
export function itemsOf(doc: AnnotatedDoc, taken: ReadonlySet<string>): Items {
  const marks = allMarksOf(doc)
  const spanIds = idsOf(
    'T',
    marks.spans.map(({ span }) => span.id),
    taken,
  )
  const relationIds = idsOf(
    'R',
    marks.relations.map(({ relation }) => relation.id),
    taken,
  )
  return {
    spans: marks.spans.map(({ span, start, end, text }, index) => ({
      ...{ id: spanIds[index] ?? '', type: typeName(span.label), start, end, text },
      note: noteText(remarkOf(span).note),
    })),
    relations: marks.relations.map(({ relation, subject, object }, index) => ({
      ...{ id: relationIds[index] ?? '', type: typeName(relation.type) },
      ...{ subject: spanIds[subject] ?? '', object: spanIds[object] ?? '' },
      note: noteText(remarkOf(relation).note),
    })),
  }
}

/** A type as brat can hold it: white space ends its column. */
export function typeName(name: string): string {
  return name.replaceAll(/\s+/g, '_')
}

function idsOf(letter: 'T' | 'R', ids: readonly string[], taken: ReadonlySet<string>): string[] {
  const pattern = new RegExp(`^${letter}\\d+$`)
  return giveIds(ids, { isUsable: (id) => pattern.test(id), make: (number) => `${letter}${number}`, taken })
}
