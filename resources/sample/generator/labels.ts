/** The sample's labels: four entity types, nine relation types and what each may join. */
import type { LabelSet } from '#main/labels/label-set'

export const entityTypes = ['PERSON', 'COMPANY', 'PLACE', 'WORK'] as const
export type EntityTypeName = (typeof entityTypes)[number]

const signatures = {
  founded: ['PERSON', 'COMPANY'],
  works_for: ['PERSON', 'COMPANY'],
  born_in: ['PERSON', 'PLACE'],
  lives_in: ['PERSON', 'PLACE'],
  married_to: ['PERSON', 'PERSON'],
  wrote: ['PERSON', 'WORK'],
  based_in: ['COMPANY', 'PLACE'],
  acquired: ['COMPANY', 'COMPANY'],
  published: ['COMPANY', 'WORK'],
} as const satisfies Record<string, readonly [EntityTypeName, EntityTypeName]>

export type RelationName = keyof typeof signatures

export const sampleLabels: LabelSet = {
  entityTypes: entityTypes.map((name, hue) => ({ name, hue })),
  relationTypes: Object.keys(signatures).map((name) => ({ name })),
  signatures: Object.entries(signatures).map(([relation, [subject, object]]) => ({ relation, subject, object })),
}
