/** Layers of a WebAnno TSV file, as its head names them, and which of them hold the entities, the relations and the parts of speech. */
import { FileError } from '../../shared/problem-log.ts'

export interface TsvLayer {
  readonly kind: 'span' | 'chain' | 'relation'
  /** Name of the type: "custom.Span". */
  readonly name: string
  /** Names of the features, one a column; '' for the only column of a layer without features. */
  readonly columns: readonly string[]
  /** Index of its first column among the columns of all layers. */
  readonly first: number
  /** Type of the spans that a relation joins; null for other layers. */
  readonly base: string | null
}

export interface Roles {
  readonly entities: TsvLayer | null
  readonly relations: TsvLayer | null
  readonly pos: TsvLayer | null
  /** Layers that are kept as they stand and not shown. */
  readonly others: readonly TsvLayer[]
}

const kinds = { SP: 'span', CH: 'chain', RL: 'relation' } as const

/** @throws FileError when a line of the head is not as expected. */
export function readLayers(head: readonly { readonly text: string; readonly number: number }[]): TsvLayer[] {
  const layers: TsvLayer[] = []
  let first = 0
  for (const { text, number } of head) {
    const [, kind, rest = ''] = /^#T_(SP|CH|RL)=(.*)$/.exec(text) ?? []
    if (kind !== 'SP' && kind !== 'CH' && kind !== 'RL') {
      if (text.trim() === '') continue
      throw new FileError(
        `line ${number}: expected a layer such as "#T_SP=custom.Span|label", found "${text.slice(0, 60)}"`,
      )
    }
    const [name = '', ...columns] = rest.split('|')
    const base = columns.find((column) => column.startsWith('BT_'))?.slice(3) ?? null
    const own = columns.length > 0 ? columns : ['']
    layers.push({ kind: kinds[kind], name, columns: own, first, base })
    first += own.length
  }
  return layers
}

const posLayer = /\.pos\.POS$/
/** Layers that say something of every token. */
const tokenLayers = /\.(?:POS|Lemma|Stem|Token|SurfaceForm|MorphologicalFeatures|Morpheme|PhoneticTranscription)$/

/** Entities are the spans that relations join, else named entities, else the first spans that are not about tokens. */
export function rolesOf(layers: readonly TsvLayer[]): Roles {
  const spans = layers.filter(({ kind, name }) => kind === 'span' && !tokenLayers.test(name))
  const joined = layers.flatMap(({ base }) => spans.filter(({ name }) => name === base))
  const entities = joined[0] ?? spans.find(({ name }) => name.endsWith('.NamedEntity')) ?? spans[0] ?? null
  const relations = layers.find(({ kind, base }) => kind === 'relation' && base === entities?.name) ?? null
  const pos = layers.find(({ name }) => posLayer.test(name)) ?? null
  const shown = new Set([entities, relations])
  return { entities, relations, pos, others: layers.filter((layer) => !shown.has(layer)) }
}

/** Index of the column that holds the type: "value" or "label", else the first that is no slot. */
export function typeColumn({ columns }: TsvLayer): number {
  const named = columns.findIndex((column) => column === 'value' || column === 'label' || column === 'PosValue')
  return Math.max(0, named >= 0 ? named : columns.findIndex((column) => !/^(?:ROLE_|BT_)/.test(column)))
}

/** The last part of a type's name, as the type of annotations without a value. */
export function shortName({ name }: TsvLayer): string {
  return /[^.]+$/.exec(name)?.[0] ?? name
}
