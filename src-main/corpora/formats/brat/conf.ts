/** annotation.conf: the types of a corpus for brat, with the events and attributes that its documents use. */
import type { LabelSet, RelationType, Signature } from '#main/labels/label-set'
import { typeName } from './items.ts'

export interface Conf {
  /** Notes the events and attributes of an .ann: brat refuses what its configuration does not name. */
  add(ann: string): void
  text(): string
}

export function createConf(labels: LabelSet): Conf {
  const events = new Map<string, Set<string>>()
  const attributes = new Map<string, Set<string>>()
  const noteIn = (map: Map<string, Set<string>>, name: string, parts: readonly string[]): void =>
    void map.set(name, new Set([...(map.get(name) ?? []), ...parts]))
  return {
    add(ann) {
      for (const [, type = '', args = ''] of ann.matchAll(/^E\d+\t([^\s:]+):T\d+(.*)$/gm))
        noteIn(
          events,
          type,
          Array.from(args.matchAll(/\s([^\s:]+?)\d*:/g), ([, role = '']) => role),
        )
      for (const [, name = '', value] of ann.matchAll(/^[AM]\d+\t(\S+) \S+(?: (\S+))?/gm))
        noteIn(attributes, name, value === undefined ? [] : [value])
    },
    text: () =>
      [
        ['[entities]', ...labels.entityTypes.map(({ name }) => typeName(name))],
        ['[relations]', ...labels.relationTypes.flatMap((type) => relationLines(type, labels.signatures))],
        ['[events]', ...Array.from(events, ([type, roles]) => eventLine(type, [...roles]))],
        ['[attributes]', ...Array.from(attributes, ([name, values]) => attributeLine(name, [...values]))],
      ]
        .map((lines) => `${lines.join('\n')}\n`)
        .join('\n'),
  }
}

/** A line for each set of object types, since brat allows every subject of a line with every object of it. */
function relationLines({ name: relation, symmetric }: RelationType, signatures: readonly Signature[]): string[] {
  const own = signatures.filter((signature) => signature.relation === relation)
  const name = typeName(relation)
  const end = symmetric ? ', <REL-TYPE>:symmetric' : ''
  if (own.length === 0) return [`${name}\tArg1:<ENTITY>, Arg2:<ENTITY>${end}`]
  const objectsOf = Map.groupBy(own, ({ subject }) => subject)
  const bySet = Map.groupBy(objectsOf, ([, list]) => list.map(({ object }) => typeName(object)).join('|'))
  return Array.from(
    bySet,
    ([objects, subjects]) =>
      `${name}\tArg1:${subjects.map(([subject]) => typeName(subject)).join('|')}, Arg2:${objects}${end}`,
  )
}

function eventLine(type: string, roles: readonly string[]): string {
  return `${type}\t${roles.map((role) => `${role}*:<ANY>`).join(', ')}`.trimEnd()
}

function attributeLine(name: string, values: readonly string[]): string {
  return `${name}\tArg:<ANY>${values.length > 0 ? `, Value:${values.join('|')}` : ''}`
}
