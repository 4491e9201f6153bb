/** Label sets in the services: they are read, changed and checked. */
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import type { LabelSet } from '#main/labels/label-set'
import { createBatches, type Batches } from '../annotations/batches.ts'
import type { ServiceContext } from '../context.ts'
import { createRelabelling } from './relabel.ts'
import { createViolations } from './violations.ts'

export function createLabels(context: ServiceContext, batches: Batches = createBatches(context)): Handlers['labels'] {
  const { workspace, emit } = context
  return {
    ...createRelabelling(context, batches),
    usage: async ({ corpusId }) => workspace.labels.used(corpusId),
    violations: createViolations(context),
    cases: async ({ corpusId, kind, name, limit }) => workspace.labels.cases(corpusId, kind, name, limit),
    get: async ({ corpusId }) => workspace.labels.get(corpusId),
    update: async ({ corpusId, labels }) => {
      refuseContradictions(labels)
      const updated = workspace.labels.update(corpusId, labels)
      emit({ type: 'corpora-changed' })
      return updated
    },
  }
}

/** @throws AppError 'invalid-input' for a name or key given twice, and for a signature of unknown types. */
function refuseContradictions({ entityTypes, relationTypes, signatures }: LabelSet): void {
  refuseTwice('entity type', entityTypes)
  refuseTwice('relation type', relationTypes)
  const entities = new Set(entityTypes.map(({ name }) => name))
  const relations = new Set(relationTypes.map(({ name }) => name))
  for (const { relation, subject, object } of signatures) {
    const unknown = relations.has(relation) ? [subject, object].find((name) => !entities.has(name)) : relation
    if (unknown !== undefined)
      throw new AppError(
        'invalid-input',
        `The signature ${relation} (${subject}, ${object}) names ${unknown}, which the label set does not hold. Add the type first, or remove the signature.`,
      )
  }
}

function refuseTwice(
  noun: string,
  types: readonly { readonly name: string; readonly key?: string | undefined }[],
): void {
  for (const [index, { name, key }] of types.entries()) {
    const others = types.slice(0, index)
    if (others.some((other) => other.name === name))
      throw new AppError('invalid-input', `The ${noun} ${name} stands twice in the label set. Remove one of them.`)
    const holder = key === undefined ? undefined : others.find((other) => other.key === key)
    if (holder)
      throw new AppError(
        'invalid-input',
        `The key "${key}" is given to both ${holder.name} and ${name}. Choose another key for one of them.`,
      )
  }
}
