/** Layout of a neighbourhood: the centre in the middle, its neighbours around it, theirs behind them. */
import type { Neighbourhood } from '#main/document/extracted-row'

export interface Place {
  readonly x: number
  readonly y: number
}

/** The same neighbourhood always looks the same. */
export function placeNodes({ centre, nodes, edges }: Neighbourhood): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>([[centre.entityId, { x: 0, y: 0 }]])
  const parents = parentsOf(nodes, edges)
  const rings = [1, 2].map((distance) => nodes.filter((node) => node.distance === distance))
  const [near = [], far = []] = rings
  // a neighbour with many of its own takes more of the circle
  const children = Map.groupBy(far, ({ entityId }) => parents.get(entityId) ?? 0)
  const weightOf = (entityId: number): number => 1 + (children.get(entityId)?.length ?? 0)
  const total = near.reduce((sum, { entityId }) => sum + weightOf(entityId), 0)
  let passed = 0
  for (const { entityId } of near) {
    const weight = weightOf(entityId)
    const [from, to] = [passed / total, (passed + weight) / total].map((share) => share * 2 * Math.PI)
    passed += weight
    places.set(entityId, onCircle(1, ((from ?? 0) + (to ?? 0)) / 2))
    const own = children.get(entityId) ?? []
    own.forEach((child, at) => {
      const angle = (from ?? 0) + (((to ?? 0) - (from ?? 0)) * (at + 1)) / (own.length + 1)
      places.set(child.entityId, onCircle(at % 2 === 0 ? 2 : 2.3, angle))
    })
  }
  return places
}

const onCircle = (radius: number, angle: number): Place => ({
  x: radius * Math.cos(angle),
  y: radius * Math.sin(angle),
})

/** The node that each node of the second ring hangs from. */
function parentsOf(nodes: Neighbourhood['nodes'], edges: Neighbourhood['edges']): ReadonlyMap<number, number> {
  const distances = new Map(nodes.map(({ entityId, distance }) => [entityId, distance]))
  const parents = new Map<number, number>()
  for (const { subjectId, objectId } of edges)
    for (const [child, parent] of [
      [subjectId, objectId],
      [objectId, subjectId],
    ] as const)
      if (distances.get(child) === 2 && distances.get(parent) === 1 && !parents.has(child)) parents.set(child, parent)
  const [fallback = 0] = nodes.filter(({ distance }) => distance === 1).map(({ entityId }) => entityId)
  for (const { entityId, distance } of nodes)
    if (distance === 2 && !parents.has(entityId)) parents.set(entityId, fallback)
  return parents
}
