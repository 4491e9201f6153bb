/** The columns of a table, found by their names in the first row or chosen. */
import type { ReadSettings } from '#main/document/read-settings'
import { FileError } from '../../shared/problem-log.ts'

/** Roles with the names that files give them, in lower case and without what is no letter or digit. */
const names = {
  text: ['text', 'sentence', 'sentencetext', 'senttext', 'sent', 'content', 'context', 'passage', '文本', '句子'],
  subject: ['subject', 'subj', 'head', 'em1', 'entity1', 'e1', 'source', 'subjecttext', 'headentity', '主体', '主语'],
  relation: [
    'relation',
    'predicate',
    'rel',
    'relationtype',
    'relationlabel',
    'label',
    'type',
    'property',
    '关系',
    '谓语',
  ],
  object: ['object', 'obj', 'tail', 'em2', 'entity2', 'e2', 'target', 'objecttext', 'tailentity', '客体', '宾语'],
  subjectType: ['subjecttype', 'subjtype', 'headtype', 'e1type', 'entity1type', 'sourcetype'],
  objectType: ['objecttype', 'objtype', 'tailtype', 'e2type', 'entity2type', 'targettype'],
  id: ['id', 'sentenceid', 'sentid', 'docid'],
  split: ['split'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Role = keyof typeof names

export interface TableColumns {
  /** Column of each role, from 0; left out where there is none. */
  readonly of: Readonly<Partial<Record<Role, number>>>
  /** Names in the first row; null where it is none of names. */
  readonly header: readonly string[] | null
}

const roles = Object.keys(names) as readonly Role[] // the table's own keys
const settingOf = {
  text: 'textColumn',
  subject: 'subjectColumn',
  relation: 'relationColumn',
  object: 'objectColumn',
} as const satisfies Partial<Record<Role, keyof ReadSettings>>

/** The columns that the names in the first row show. */
export function columnsNamed(header: readonly string[]): TableColumns {
  const spelled = header.map((name) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''))
  const found = roles.flatMap((role) => {
    const column = names[role].map((name) => spelled.indexOf(name)).find((at) => at >= 0)
    return column === undefined ? [] : [[role, column] as const]
  })
  return { header, of: Object.fromEntries(found) }
}

/** Do the names show a text with triples? */
export function hasTriples({ of }: TableColumns): boolean {
  return [of.text, of.subject, of.relation, of.object].every((column) => column !== undefined)
}

/**
 * The columns as chosen, by name or number, the others as found. Where all are chosen by number the first row is a sentence and not
 * of names.
 * @throws FileError when a column that is needed is neither.
 */
export function chooseColumns(first: readonly string[], settings: ReadSettings): TableColumns {
  const found = columnsNamed(first)
  const chosen = (Object.keys(settingOf) as readonly (keyof typeof settingOf)[]).flatMap((role) => {
    const value = settings[settingOf[role]]?.trim() ?? ''
    return value === '' ? [] : [{ role, value, column: columnAt(value, first, role) }]
  })
  const isNumber = ({ value }: { readonly value: string }): boolean => /^\d+$/.test(value)
  const isHeaderless = chosen.length > 0 && chosen.every(isNumber) && !Object.keys(found.of).length
  const of = { ...found.of, ...Object.fromEntries(chosen.map(({ role, column }) => [role, column])) }
  const missing = (['text', 'subject', 'relation', 'object'] as const).filter((role) => of[role] === undefined)
  const triple = missing.filter((role) => role !== 'text')
  if (of.text === undefined || (triple.length > 0 && triple.length < 3))
    throw new FileError(
      `no column is named as the ${missing.join(', ')}: its columns are ${first.map((name) => JSON.stringify(name)).join(', ')}; choose the others (--text-column, --subject-column, --relation-column, --object-column on the command line)`,
    )
  return { header: isHeaderless ? null : first, of }
}

function columnAt(value: string, first: readonly string[], role: string): number {
  const named = first.indexOf(value)
  if (named >= 0) return named
  const number = Number(value)
  if (Number.isInteger(number) && number >= 1 && number <= first.length) return number - 1
  throw new FileError(
    `the ${role} column must be one of ${first.map((name) => JSON.stringify(name)).join(', ')} or a number from 1 to ${first.length}, found "${value}"`,
  )
}

/** "the text in \"sentence\", …" of the columns that are used. */
export function describeColumns({ of, header }: TableColumns): string {
  return roles
    .flatMap((role) => {
      const column = of[role]
      if (column === undefined) return []
      return [
        `${role === 'subjectType' ? 'type of the subject' : role === 'objectType' ? 'type of the object' : role} in ${header ? JSON.stringify(header[column]) : `column ${column + 1}`}`,
      ]
    })
    .join(', ')
}
