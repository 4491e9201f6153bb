/** Names of things as IRIs that are always the same and can be turned back: the exact string, percent-encoded. */

const base = 'urn:espalier:'

export const prefixes = {
  e: `${base}entity:`,
  t: `${base}type:`,
  r: `${base}relation:`,
  d: `${base}document:`,
  s: `${base}statement:`,
  a: `${base}agent:`,
  espalier: `${base}term:`,
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  prov: 'http://www.w3.org/ns/prov#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

export type Prefix = keyof typeof prefixes

/** The IRI of a string. Half of a surrogate pair, which no encoding holds, becomes U+FFFD. */
export function iriOf(prefix: Prefix, ...parts: readonly string[]): string {
  return prefixes[prefix] + parts.map((part) => encode(part.toWellFormed())).join('/')
}

/** The strings of an IRI that `iriOf` made. */
export function partsOf(prefix: Prefix, iri: string): string[] {
  return iri.slice(prefixes[prefix].length).split('/').map(decodeURIComponent)
}

/** Letters, digits, "-" and "_" stay, so that the name is one in every syntax of RDF. */
function encode(part: string): string {
  return encodeURIComponent(part).replaceAll(
    /[.!~*'()]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
