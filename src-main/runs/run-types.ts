/** Types that a run predicts, by the label set that it learnt from. */
import type { TypeNames } from '#main/document/type-mapping'
import type { ModelConfig } from './config.ts'

/** A model that does not learn a task has no types of it. */
export function typesOfRun({ tags, untypedLabel, relations, tasks }: ModelConfig): TypeNames {
  const typed = tags.flatMap((tag) => {
    const dash = tag.indexOf('-')
    return dash < 0 ? [] : [tag.slice(dash + 1)]
  })
  const entities = typed.length === 0 && untypedLabel !== undefined ? [untypedLabel] : [...new Set(typed)]
  return {
    entities: tasks.includes('entity') ? entities : [],
    relations: tasks.includes('relation') ? relations : [],
  }
}
