/** Spans and relations of a CAS: annotations that others join, and those with a governor and a dependent. */
import type { Provenance } from '#main/document/annotation'
import { untypedEntity } from '#main/labels/label-set'
import { numberOf, type JsonObject } from '../../shared/fields.ts'
import type { Marks } from '../../shared/marks.ts'
import type { ToCodePoints } from '../../shared/offset-units.ts'
import { RecordError } from '../../shared/problem-log.ts'
import type { Cas, CasAnnotation } from './structures.ts'

export interface CasRoles {
  readonly words: readonly CasAnnotation[]
  readonly sentences: readonly CasAnnotation[]
  readonly spans: readonly CasAnnotation[]
  readonly relations: readonly CasAnnotation[]
  /** Names of the types, for the report. */
  readonly spanTypes: readonly string[]
  readonly relationTypes: readonly string[]
  readonly otherTypes: readonly string[]
}

/** Types that say something of words or of the document. */
const notSpans =
  /\.(?:Token|Sentence|POS|Lemma|Stem|MorphologicalFeatures|SurfaceForm|DocumentMetaData|DocumentAnnotation|Dependency|ROOT)$|\.pos\.|\.dependency\./

/** Spans are what relations join, else named entities, else the first type that is not about words. */
export function rolesOf({ annotations }: Cas): CasRoles {
  const byId = new Map(annotations.map((annotation) => [annotation.id, annotation]))
  const relations = annotations.filter(({ type, features }) => !notSpans.test(type) && endsOf(features) !== null)
  const ends = relations.flatMap(({ features }) => endsOf(features) ?? []).map((id) => byId.get(id)?.type)
  const candidates = annotations
    .filter((one) => !notSpans.test(one.type) && !relations.includes(one))
    .map(({ type }) => type)
  const usual = candidates.find((type) => type.endsWith('.NamedEntity')) ?? candidates[0]
  const joined = [...new Set(ends)].filter((type) => type !== undefined && !notSpans.test(type))
  const spanTypes = new Set(joined.length > 0 ? joined : [usual])
  const spans = annotations.filter(({ type }) => spanTypes.has(type))
  const named = (suffix: string): CasAnnotation[] => annotations.filter(({ type }) => type.endsWith(suffix))
  const shown = new Set([...spans, ...relations, ...named('.Token'), ...named('.Sentence')])
  return {
    ...{ words: named('.Token'), sentences: named('.Sentence'), spans, relations },
    spanTypes: typesOf(spans),
    relationTypes: typesOf(relations),
    otherTypes: typesOf(annotations.filter((one) => !shown.has(one))),
  }
}

function typesOf(annotations: readonly CasAnnotation[]): string[] {
  return [...new Set(annotations.map(({ type }) => type))]
}

/** Ids of source and target. */
function endsOf(features: JsonObject): [number, number] | null {
  const [from, to] = [features['@Governor'] ?? features['@source'], features['@Dependent'] ?? features['@target']]
  const ends = [numberOf(from), numberOf(to)] as const
  return ends[0] !== undefined && ends[1] !== undefined ? [ends[0], ends[1]] : null
}

export function marksOf({ spans, relations }: CasRoles, toCodePoints: ToCodePoints, provenance: Provenance): Marks {
  const ids = new Set(spans.map(({ id }) => id))
  return {
    spans: spans.map((span) => ({
      id: String(span.id),
      ...rangeOf(span, toCodePoints),
      label: valueOf(span) ?? untypedEntity,
      provenance,
    })),
    relations: relations.map((relation) => {
      const [subject = 0, object = 0] = endsOf(relation.features) ?? []
      for (const id of [subject, object])
        if (!ids.has(id))
          throw new RecordError(`${relation.field}: expected the ids of annotations that are spans, found ${id}`)
      const short = /[^.]+$/.exec(relation.type)?.[0] ?? relation.type
      return {
        ...{ id: String(relation.id), subject: String(subject), object: String(object) },
        ...{ type: valueOf(relation) ?? short, provenance },
      }
    }),
  }
}

export function rangeOf({ field, begin, end }: CasAnnotation, toCodePoints: ToCodePoints) {
  const [from, to] = [toCodePoints(begin), toCodePoints(end)]
  if (from === null || to === null || from > to)
    throw new RecordError(`${field}: expected offsets in the text, found ${begin} to ${end}`)
  return { start: from, end: to }
}

/** The feature "value" or "label", else the first that is a string. */
function valueOf({ features }: CasAnnotation): string | null {
  const own = Object.entries(features).filter(([name]) => !/^[%@^]/.test(name))
  const named =
    own.find(([name]) => name === 'value' || name === 'label') ?? own.find(([, value]) => typeof value === 'string')
  const value = named?.[1]
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
