/** Docs as statements of RDF. */
import { DataFactory, type Quad } from 'n3'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Entity, WrittenTriple } from '../../shared/written-triples.ts'
import { triplesOf } from '../../shared/written-triples.ts'
import { iriOf, prefixes, type Prefix } from './names.ts'

const { namedNode, literal, quad } = DataFactory

const name = (prefix: Prefix, ...parts: readonly string[]) => namedNode(iriOf(prefix, ...parts))
const term = (prefix: Prefix, local: string) => namedNode(prefixes[prefix] + local)

const entityIri = (entity: Entity) => name('e', entity.name)

/** Name and type of each entity, and each triple as a statement of its own. */
export function factsOf(doc: AnnotatedDoc): Quad[] {
  const { entities, triples } = triplesOf(doc)
  const named = new Map(
    [...entities, ...triples.flatMap(({ subject, object }) => [subject, object])].map((one) => [one.name, one]),
  )
  return [
    ...Array.from(named.values(), (entity) => quad(entityIri(entity), term('rdfs', 'label'), literal(entity.name))),
    ...entities.flatMap((entity) =>
      entity.type === null ? [] : [quad(entityIri(entity), term('rdf', 'type'), name('t', entity.type))],
    ),
    ...triples.map((triple) => quad(entityIri(triple.subject), name('r', triple.type), entityIri(triple.object))),
  ]
}

/** Statements of where each triple stands and who says it, each a node with names of W3C PROV. */
export function statementsOf(doc: AnnotatedDoc): Quad[] {
  return triplesOf(doc).triples.flatMap((triple) => {
    const node = statementIri(triple)
    const { provenance, docId, sentence } = triple
    return [
      quad(node, term('rdf', 'type'), term('rdf', 'Statement')),
      quad(node, term('rdf', 'subject'), entityIri(triple.subject)),
      quad(node, term('rdf', 'predicate'), name('r', triple.type)),
      quad(node, term('rdf', 'object'), entityIri(triple.object)),
      quad(node, term('prov', 'wasDerivedFrom'), name('d', docId)),
      quad(node, term('espalier', 'sentence'), literal(String(sentence), term('xsd', 'integer'))),
      ...(provenance
        ? [quad(node, term('prov', 'wasAttributedTo'), name('a', provenance.origin, provenance.author))]
        : []),
      ...(provenance?.confidence === undefined
        ? []
        : [quad(node, term('espalier', 'confidence'), literal(String(provenance.confidence), term('xsd', 'double')))]),
    ]
  })
}

function statementIri({ docId, sentence, subject, type, object }: WrittenTriple) {
  return name('s', docId, String(sentence), subject.name, subject.type ?? '', type, object.name, object.type ?? '')
}
