/** The README of a datasets folder: what loads its files, in the front matter, and what is in it. */
import type { LabelSet } from '#main/labels/label-set'
import { markdownTable } from '#main/text/markdown-table'
import { formatCount } from '#main/text/numbers'

export interface SplitCount {
  readonly name: string
  readonly path: string
  readonly examples: number
  readonly bytes: number
}

const features = `  features:
  - name: id
    dtype: string
  - name: text
    dtype: string
  - name: tokens
    sequence: string
  - name: pos
    sequence: string
  - name: entities
    list:
    - name: start
      dtype: int64
    - name: end
      dtype: int64
    - name: type
      dtype: string
  - name: relations
    list:
    - name: head
      dtype: int64
    - name: tail
      dtype: int64
    - name: type
      dtype: string`

export function datasetCard(splits: readonly SplitCount[], { entityTypes, relationTypes }: LabelSet): string {
  const total = splits.reduce((sum, { bytes }) => sum + bytes, 0)
  const list = (types: readonly { readonly name: string }[]): string =>
    types.length === 0 ? 'none' : types.map(({ name }) => `\`${name}\``).join(', ')
  return `---
configs:
- config_name: default
  data_files:
${splits.map(({ name, path }) => `  - split: ${name}\n    path: ${path}`).join('\n')}
dataset_info:
${features}
  splits:
${splits.map(({ name, examples, bytes }) => `  - name: ${name}\n    num_examples: ${examples}\n    num_bytes: ${bytes}`).join('\n')}
  dataset_size: ${total}
---

# Dataset

One record per sentence. \`entities\` are ranges of \`tokens\`, the end not included; \`head\` and \`tail\` of a relation are places in the list of
entities of the same record. \`pos\` is empty where no part of speech is known.

${markdownTable(
  ['split', 'sentences'],
  splits.map(({ name, examples }) => [name, formatCount(examples)]),
  (column) => column === 1,
)}

Entity types: ${list(entityTypes)}.

Relation types: ${list(relationTypes)}.
`
}
