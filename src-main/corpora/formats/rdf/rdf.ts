/** RDF, written only: N-Triples (a fact a line, which can be sorted and streamed) and Turtle (with a node for every statement). */
import { Writer } from 'n3'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import type { CorpusFormat } from '../../format.ts'
import { countTripleLosses, keptOfTriples } from '../../shared/written-triples.ts'
import { prefixes } from './names.ts'
import { factsOf, statementsOf } from './quads.ts'

export const nTriples: CorpusFormat = {
  name: 'n-triples',
  title: 'N-Triples (RDF)',
  extensions: ['.nt'],
  keeps: ['triples of names', 'names and types of entities'],
  settings: [],
  recognize: () => null,
  read: null,
  writer: {
    layout: 'file',
    countLosses: (doc, losses) => countTripleLosses(doc, losses, ['unrelated']),
    write: writeNTriples,
  },
}

export const turtle: CorpusFormat = {
  name: 'turtle',
  title: 'Turtle (RDF)',
  extensions: ['.ttl'],
  keeps: keptOfTriples,
  settings: [],
  recognize: () => null,
  read: null,
  writer: {
    layout: 'file',
    countLosses: (doc, losses) => countTripleLosses(doc, losses, ['unrelated']),
    write: writeTurtle,
  },
}

async function writeNTriples(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  const writer = new Writer({ format: 'N-Triples' })
  for await (const doc of docs) {
    const text = writer.quadsToString(factsOf(doc))
    if (text !== '') await sink.write(text)
  }
}

async function writeTurtle(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  let written: string[] = []
  const output = {
    write(chunk: string, _encoding: string, done?: () => void) {
      written.push(chunk)
      done?.()
    },
    end(done?: () => void) {
      done?.()
    },
  }
  const flush = async (): Promise<void> => {
    const text = written.join('')
    written = []
    if (text !== '') await sink.write(text)
  }
  const writer = new Writer(output, { end: false, prefixes })
  for await (const doc of docs) {
    writer.addQuads([...factsOf(doc), ...statementsOf(doc)])
    await flush()
  }
  await new Promise<void>((resolve) => writer.end(() => resolve()))
  await flush()
}
