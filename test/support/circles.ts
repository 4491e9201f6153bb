/** Circles in a graph, as the strongly connected components of more than one node (Tarjan 1972). */

/** Every circle as the sorted names of its nodes; a node that points to itself is one. Edges out of the graph lead nowhere. */
export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const [order, lowest] = [new Map<string, number>(), new Map<string, number>()]
  const [path, onPath]: [string[], Set<string>] = [[], new Set()]
  const circles: string[][] = []

  function visit(node: string): void {
    const number = order.size
    order.set(node, number)
    lowest.set(node, number)
    path.push(node)
    onPath.add(node)
    const next = (graph.get(node) ?? []).filter((other) => graph.has(other))
    for (const other of next) {
      if (!order.has(other)) visit(other)
      if (onPath.has(other)) lowest.set(node, Math.min(lowest.get(node) ?? number, lowest.get(other) ?? number))
    }
    if (lowest.get(node) !== number) return
    const component = path.splice(path.indexOf(node))
    for (const member of component) onPath.delete(member)
    if (component.length > 1 || next.includes(node)) circles.push(component.toSorted())
  }

  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return circles
}
