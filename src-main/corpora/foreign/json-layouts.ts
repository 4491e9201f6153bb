/** JSON that is no corpus which Espalier reads: of other tools, companions of corpora, and JSON as such. */
import { isTypesFile } from '../formats/spert/types.ts'
import { isRelationMap } from '../shared/relation-map.ts'
import { recordLayouts } from './annotation-keys.ts'
import type { ForeignLayout } from './layout.ts'

const layoutNames = { array: 'an array', object: 'an object', lines: 'a line for each record' } as const

const ofTools: readonly ForeignLayout[] = recordLayouts.map(({ title, evidenceIn }) => ({
  title,
  recognize({ json }) {
    for (const [index, record] of (json?.records ?? []).entries()) {
      const evidence = evidenceIn(record)
      if (evidence !== null) return `${evidence} in record ${index + 1}`
    }
    return null
  },
}))

/** rel2id.json: one or two maps between relation names and numbers. */
const relationMap: ForeignLayout = {
  title: 'a map of relation names to numbers (rel2id.json)',
  advice: 'It is not needed: relation types are read from the triples. Leave it out.',
  recognize: (file) => (isRelationMap(file) ? 'names with numbers and no text' : null),
}

const spertTypes: ForeignLayout = {
  title: 'the file of types of SpERT',
  advice: 'It holds no sentences. Choose it along with the corpus, or leave it beside it.',
  recognize: (file) => (isTypesFile(file) ? '"entities" and "relations" as maps' : null),
}

const anyJson: ForeignLayout = {
  title: 'JSON of an unknown layout',
  recognize({ json }) {
    if (!json) return null
    const keys = Object.keys(json.records[0] ?? {}).slice(0, 8)
    const named = keys.length === 0 ? 'without records' : `with the keys ${keys.join(', ')}`
    return `${layoutNames[json.layout]} ${named}`
  },
}

export const jsonLayouts: readonly ForeignLayout[] = [...ofTools, relationMap, spertTypes, anyJson]
