/** Label sets from files: the head of our JSON lines, a plain list of names, or the annotation.conf of brat. */
import { emptyLabelSet, remarkOnSymmetric, type LabelSet, type Signature } from './label-set.ts'

/** A label set with what its file says beyond it, in a sentence each. */
export interface ReadLabels {
  readonly labels: LabelSet
  readonly remarks: readonly string[]
}

/** Prose chosen by mistake must not become types. */
const longestName = 60
const mostNames = 500

/** @throws Error that names the line and what was expected where the text holds no label set. */
export function readLabels(text: string): ReadLabels {
  const lines = text.split(/\r?\n/)
  const first = lines.find((line) => line.trim() !== '')
  if (first === undefined) throw new Error('The file is empty: a name of a type on each line was expected.')
  if (first.trimStart().startsWith('{')) return { labels: readHead(first), remarks: [] }
  return readList(lines)
}

/** The first line of our JSON lines holds the label set. */
function readHead(line: string): LabelSet {
  let head: unknown
  try {
    head = JSON.parse(line)
  } catch {
    throw new Error('Line 1 is no JSON: the first line of a file that Espalier wrote was expected.')
  }
  const labels = isObject(head) && isObject(head['labels']) ? head['labels'] : null
  const [entityTypes, relationTypes] = [namesIn(labels?.['entityTypes']), namesIn(labels?.['relationTypes'])]
  if (!labels || !entityTypes || !relationTypes)
    throw new Error('Line 1 holds no "labels": the first line of a file that Espalier wrote was expected.')
  return labels as unknown as LabelSet // its lists of types are checked above, and the services check it whole
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function namesIn(value: unknown): boolean {
  return Array.isArray(value) && value.every((type) => isObject(type) && typeof type['name'] === 'string')
}

type Section = 'entities' | 'relations' | 'other'

/** Names line by line; under [relations], as in brat, with the types that a relation may join. */
function readList(lines: readonly string[]): ReadLabels {
  const entities = new Set<string>()
  const relations = new Set<string>()
  const signatures: Signature[] = []
  const skipped = new Set<string>()
  const symmetric = new Set<string>()
  const macros = new Map<string, string>()
  let section: Section = 'entities'
  for (const [index, line] of lines.entries()) {
    const text = line.replace(/^#.*/, '').trim()
    if (text === '') continue
    const [, macro, meaning] = /^(<[^>]+>)=(.*)$/.exec(text) ?? []
    if (macro !== undefined && meaning !== undefined) {
      macros.set(macro, meaning)
      continue
    }
    const heading = /^\[(.+)\]$/.exec(text)?.[1]?.toLowerCase()
    if (heading !== undefined) {
      section = heading === 'entities' || heading === 'relations' ? heading : 'other'
      if (section === 'other') skipped.add(heading)
    } else if (section === 'relations') readRelation(text, index + 1)
    else if (section === 'entities') entities.add(nameOn(text, index + 1))
  }
  if (entities.size + relations.size === 0)
    throw new Error(
      'The file names no type: a name on each line was expected, relation types under a line "[relations]".',
    )

  function readRelation(text: string, line: number): void {
    if (/^<.*>/.test(text)) {
      skipped.add(text.split(/\s/)[0] ?? text)
      return
    }
    const [, name = text, rest = ''] = /^(\S+)\s+(Arg1:.*)$/.exec(text) ?? []
    relations.add(nameOn(name, line))
    if (/<REL-TYPE>:\S*symmetric/.test(rest)) symmetric.add(nameOn(name, line))
    const [subjects, objects] = [typesOf('Arg1', rest), typesOf('Arg2', rest)]
    if (!subjects && !objects) return
    for (const subject of subjects ?? entities)
      for (const object of objects ?? entities)
        if (entities.has(subject) && entities.has(object))
          signatures.push({ relation: nameOn(name, line), subject, object })
  }

  /** The types of an argument; null where it may have any. */
  function typesOf(argument: string, line: string): string[] | null {
    const stated = new RegExp(`${argument}:([^,\\s]+)`).exec(line)?.[1] ?? ''
    const types = stated.split('|').flatMap((type) => (macros.get(type) ?? type).split('|'))
    return types.some((type) => type === '<ENTITY>' || type === '<ANY>') ? null : types
  }

  const remarks = [
    ...(skipped.size > 0
      ? [`${[...skipped].join(', ')} of the file is left out: it has no place in a label set.`]
      : []),
    ...(symmetric.size > 0 ? [`${remarkOnSymmetric([...symmetric])}.`] : []),
  ]
  const toTypes = (names: ReadonlySet<string>) => [...names].map((name) => ({ name }))
  const relationTypes = [...relations].map((name) => ({
    name,
    ...(symmetric.has(name) && { symmetric: true as const }),
  }))
  return {
    labels: { ...emptyLabelSet, entityTypes: toTypes(entities), relationTypes, signatures },
    remarks,
  }
}

/** brat writes ! before groups that no span may have; they are groups of types, not types. */
function nameOn(text: string, line: number): string {
  const name = text.replace(/^!/, '').trim()
  if ([...name].length > longestName)
    throw new Error(
      `Line ${line} is ${[...name].length} characters long: a name of a type was expected, one on each line.`,
    )
  if (line > mostNames) throw new Error(`The file has more than ${mostNames} lines: a list of types was expected.`)
  return name
}
