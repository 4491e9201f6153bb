/** GraphML, written only: a node for each name with its type, an edge for each triple of a sentence. */
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import type { CorpusFormat } from '../../format.ts'
import type { Loss, LossCount } from '../../shared/losses.ts'
import {
  countTripleLosses,
  keyOf,
  triplesOf,
  type Entity,
  type WrittenTriple,
  keptOfTriples,
} from '../../shared/written-triples.ts'

export const graphml: CorpusFormat = {
  name: 'graphml',
  title: 'GraphML',
  extensions: ['.graphml'],
  keeps: keptOfTriples,
  settings: [],
  recognize: () => null,
  read: null,
  writer: { layout: 'file', countLosses, write },
}

const forbidden: Loss = [
  'character that XML does not allow is left out',
  'characters that XML does not allow are left out',
]

/** Characters that XML 1.0 allows no document to hold. */
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu

function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countTripleLosses(doc, losses, ['unrelated'])
  const { entities, triples } = triplesOf(doc)
  const texts = [...entities, ...triples.flatMap(({ subject, object }) => [subject, object])].flatMap(
    ({ name, type }) => [name, type ?? ''],
  )
  for (const text of [...texts, ...triples.map(({ type }) => type)])
    losses.add(forbidden, text.match(notXml)?.length ?? 0)
}

const head = `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
  <key id="name" for="node" attr.name="name" attr.type="string"/>
  <key id="type" for="node" attr.name="type" attr.type="string"/>
  <key id="relation" for="edge" attr.name="relation" attr.type="string"/>
  <key id="document" for="edge" attr.name="document" attr.type="string"/>
  <key id="sentence" for="edge" attr.name="sentence" attr.type="int"/>
  <key id="author" for="edge" attr.name="author" attr.type="string"/>
  <key id="confidence" for="edge" attr.name="confidence" attr.type="double"/>
  <graph id="corpus" edgedefault="directed">
`

async function write(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  await sink.write(head)
  const nodes = new Map<string, string>()
  let edges = 0
  for await (const doc of docs) {
    const { entities, triples } = triplesOf(doc)
    const newNodes: string[] = []
    const nodeOf = (entity: Entity): string => {
      const key = keyOf(entity)
      const known = nodes.get(key)
      if (known !== undefined) return known
      const id = `n${nodes.size + 1}`
      nodes.set(key, id)
      newNodes.push(nodeElement(id, entity))
      return id
    }
    entities.forEach(nodeOf)
    const newEdges = triples.map((triple) =>
      edgeElement(`e${++edges}`, nodeOf(triple.subject), nodeOf(triple.object), triple),
    )
    const lines = [...newNodes, ...newEdges]
    if (lines.length > 0) await sink.write(`${lines.join('\n')}\n`)
  }
  await sink.write('  </graph>\n</graphml>\n')
}

function nodeElement(id: string, { name, type }: Entity): string {
  return `    <node id="${id}">${data('name', name)}${type === null ? '' : data('type', type)}</node>`
}

function edgeElement(
  id: string,
  source: string,
  target: string,
  { type, docId, sentence, provenance }: WrittenTriple,
): string {
  const parts = [
    ...[data('relation', type), data('document', docId), data('sentence', String(sentence))],
    ...(provenance ? [data('author', provenance.author)] : []),
    ...(provenance?.confidence === undefined ? [] : [data('confidence', String(provenance.confidence))]),
  ]
  return `    <edge id="${id}" source="${source}" target="${target}">${parts.join('')}</edge>`
}

function data(key: string, text: string): string {
  return `<data key="${key}">${escapeXml(text)}</data>`
}

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

function escapeXml(text: string): string {
  return text.replaceAll(notXml, '').replaceAll(/[&<>\r]/g, (sign) => references[sign] ?? sign)
}
