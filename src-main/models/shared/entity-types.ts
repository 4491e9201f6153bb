/** Entity types by the tags of a config, for families that predict spans without tags. */
import type { ModelConfig } from '#main/runs/config'

type Labels = Pick<ModelConfig, 'tags' | 'untypedLabel'>

/** The labels of spans, in the order of their outputs; the untyped one alone where tags carry no type. */
export function entityTypes({ tags, untypedLabel = '' }: Labels): readonly string[] {
  const types = tags.filter((tag) => tag.startsWith('B-')).map((tag) => tag.slice(2))
  return types.length > 0 ? types : [untypedLabel]
}

/** The output of a gold span; -1 for a type that the model does not know. */
export function typeOf(label: string, config: Labels): number {
  const isTyped = config.tags.some((tag) => tag.includes('-'))
  return isTyped ? entityTypes(config).indexOf(label) : 0
}
