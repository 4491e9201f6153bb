/** Laid-out arcs with the words and marks that they stand on, so that they are laid out again only where one of these has moved. */
import type { ArcRelation, SpanPlace } from '#main/document/arc'
import { layoutArcs, type LabelForm } from '#main/document/arc-layout'
import { indexArcs, type ArcIndex } from './arcs.ts'

interface ArcBasis {
  readonly relations: readonly ArcRelation[]
  readonly places: ReadonlyMap<string, SpanPlace>
  readonly lineCount: number
  readonly width: number
  readonly measure: (relationId: string, form: LabelForm) => number
}

/** The same relations by identity, each end where it was. */
function isSameBasis(one: ArcBasis, other: ArcBasis): boolean {
  const isSamePlace = (id: string): boolean => {
    const [a, b] = [one.places.get(id), other.places.get(id)]
    return a?.line === b?.line && a?.left === b?.left && a?.right === b?.right
  }
  return (
    one.width === other.width &&
    one.lineCount === other.lineCount &&
    one.measure === other.measure &&
    one.relations.length === other.relations.length &&
    one.relations.every((relation, at) => {
      const { subject, object } = relation
      return relation === other.relations[at] && isSamePlace(subject) && isSamePlace(object)
    })
  )
}

/** Arcs with the words and marks that they were laid out from. */
export interface LaidArcs {
  readonly arcs: ArcIndex
  readonly basis: ArcBasis
}

export function layOut(basis: ArcBasis, former: LaidArcs | null): LaidArcs {
  if (former && isSameBasis(former.basis, basis)) return { basis, arcs: former.arcs }
  const { relations, places, lineCount, width, measure } = basis
  return { basis, arcs: indexArcs(layoutArcs(relations, places, lineCount, width, measure)) }
}
