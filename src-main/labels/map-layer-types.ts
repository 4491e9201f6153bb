/** Types of a layer as they come, mapped to those of a label set. */
import { proposeMapping, type TypeMapping, type TypeNames } from '#main/document/type-mapping'

/**
 * A function that takes further types and answers with the mapping of all that came. A type stands for the known one of its name, whatever
 * the case; one that is unknown is left out, or stands for itself and is known from then on.
 */
export function mapLayerTypes(known: TypeNames, addsTypes: boolean): (types: TypeNames) => TypeMapping {
  const entities = createPart(known.entities, addsTypes)
  const relations = createPart(known.relations, addsTypes)
  const mapping = { entities: entities.mapping, relations: relations.mapping }
  return (types) => {
    types.entities.forEach(entities.add)
    types.relations.forEach(relations.add)
    return mapping
  }
}

function createPart(names: readonly string[], addsTypes: boolean) {
  const known = [...names]
  const mapping: Record<string, string | null> = {}
  const add = (name: string): void => {
    if (Object.hasOwn(mapping, name)) return
    const like = proposeMapping({ entities: [name], relations: [] }, { entities: known, relations: [] }).entities[name]
    mapping[name] = like ?? (addsTypes ? name : null)
    if (like === null && addsTypes) known.push(name)
  }
  return { mapping, add }
}
