/**
 * N-Triples and Turtle. The name of an entity is the exact text of a mention, percent-encoded, so that the same text has the same name in
 * every file and can be read from it: two texts are two names, whatever they mean.
 */
import type { ExtractedRow, RowSpan } from '#main/document/extracted-row'
import { createSeen, onlyTriples, type ResultFormat } from './result-writer.ts'

const label = '<http://www.w3.org/2000/01/rdf-schema#label>'
const base = 'urn:espalier:'

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed())
const entity = ({ text }: RowSpan): string => `<${base}e/${encoded(text)}>`
const relation = (name: string): string => `<${base}r/${encoded(name)}>`

/** Text as a literal. */
export function literal(text: string): string {
  const escaped = text.toWellFormed().replace(/[\\"\n\r\t\b\f]/g, (sign) => escapes[sign] ?? sign)
  return `"${escaped}"`
}

const escapes: Readonly<Record<string, string>> = {
  ...{ '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' },
}

const mentionLevel = 'names are texts, not things: two texts that mean the same are two names'

export const nTriples: ResultFormat = {
  ...{ layout: 'file', extension: '.nt' },
  open(sink) {
    const wasSeen = createSeen()
    const labelOf = (span: RowSpan): string =>
      wasSeen(span.nameId) ? '' : `${entity(span)} ${label} ${literal(span.text)} .\n`
    const lines = (row: ExtractedRow): string =>
      `${labelOf(row.subject)}${labelOf(row.object)}${entity(row.subject)} ${relation(row.relation)} ${entity(row.object)} .\n`
    return {
      begin: async () => undefined,
      write: (rows) => sink.write(rows.map(lines).join('')),
      end: async () => undefined,
      losses: () => [
        onlyTriples,
        mentionLevel,
        'probabilities, plausibility, verdicts, sentences, documents and offsets are left out: Turtle has them',
        'a triple that several sentences state stands in several lines',
      ],
    }
  },
}

const prefixes = `@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix x: <${base}> .

`

export const turtle: ResultFormat = {
  ...{ layout: 'file', extension: '.ttl' },
  open(sink, { run }) {
    const wasSeen = createSeen()
    const runName = `<${base}run/${encoded(run.runId)}>`
    const labelOf = (span: RowSpan): string =>
      wasSeen(span.nameId) ? '' : `${entity(span)} rdfs:label ${literal(span.text)} ; x:type ${literal(span.type)} .\n`
    const double = (probability: number): string => `"${Number(probability.toFixed(6))}"^^xsd:double`
    const marks = ({ calibratedProbability, plausibility, verdict }: Omit<ExtractedRow, 'subject' | 'object'>) =>
      [
        calibratedProbability === undefined ? '' : `x:calibratedProbability ${double(calibratedProbability)} ; `,
        plausibility ? `x:plausibility ${literal(plausibility)} ; ` : '',
        verdict ? `x:verdict ${literal(verdict)} ; ` : '',
      ].join('')
    const statement = ({ subject, object, ...row }: ExtractedRow): string => {
      const [from, by, to] = [entity(subject), relation(row.relation), entity(object)]
      const document = `<${base}document/${encoded(row.document)}>`
      return `${labelOf(subject)}${labelOf(object)}${from} ${by} ${to} .
[] a rdf:Statement ; rdf:subject ${from} ; rdf:predicate ${by} ; rdf:object ${to} ;
  x:probability ${double(row.probability)} ; ${marks(row)}prov:wasDerivedFrom ${document} ; prov:wasGeneratedBy ${runName} ;
  x:subjectStart ${subject.start} ; x:subjectEnd ${subject.end} ; x:objectStart ${object.start} ; x:objectEnd ${object.end} ;
  x:sentence ${literal(row.sentence)} .
`
    }
    return {
      begin: () => sink.write(`${prefixes}${runName} a prov:Activity ; rdfs:label ${literal(run.name)} .\n`),
      write: (rows) => sink.write(rows.map(statement).join('')),
      end: async () => undefined,
      losses: () => [onlyTriples, mentionLevel],
    }
  },
}
