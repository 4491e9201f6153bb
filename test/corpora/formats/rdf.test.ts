/** RDF: names that can be turned back, facts in N-Triples, statements with their origin in Turtle. */
import fc from 'fast-check'
import { Parser } from 'n3'
import { describe, expect, it } from 'vitest'
import { iriOf, partsOf } from '#main/corpora/formats/rdf/names'
import { nTriples, turtle } from '#main/corpora/formats/rdf/rdf'
import { emptyLabelSet } from '#main/labels/label-set'
import { writeText } from '../../support/corpus-files.ts'
import { hardCorpus } from '../../support/written-corpus.ts'

const quads = (text: string) =>
  new Parser().parse(text).map(({ subject, predicate, object }) => [subject.value, predicate.value, object.value])

describe('the IRI of a name', () => {
  it('is turned back into the same strings', () =>
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 3 }), (parts) => {
        const iri = iriOf('e', ...parts)
        expect(iri).toMatch(/^urn:espalier:entity:[\w%/-]*$/)
        expect(partsOf('e', iri)).toEqual(parts)
      }),
    ))

  it('stands for half of a surrogate pair, too', () => {
    expect(partsOf('e', iriOf('e', 'a\ud83d'))).toEqual(['a\ufffd'])
  })
})

describe('N-Triples', () => {
  it('hold each fact on a line of its own, with names as literals', async () => {
    const { text, losses } = await writeText(nTriples, await hardCorpus(), emptyLabelSet)
    const lines = text.trimEnd().split('\n')
    expect(lines.every((line) => / \.$/.test(line))).toBe(true)
    expect(quads(lines.toSorted().join('\n'))).toHaveLength(lines.length)
    const mara = iriOf('e', 'Mara "Mo" Velt')
    expect(quads(text)).toContainEqual([mara, iriOf('r', 'founder of'), iriOf('e', 'Orbisk & <Labs>')])
    expect(quads(text)).toContainEqual([mara, 'http://www.w3.org/2000/01/rdf-schema#label', 'Mara "Mo" Velt'])
    expect(quads(text)).toContainEqual([mara, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', iriOf('t', 'PER')])
    expect(quads(text)).toContainEqual([iriOf('e', 'Ada'), iriOf('r', 'met'), mara])
    expect(losses).toEqual(['2 sentences lose their text and the places of their spans'])
  })
})

describe('Turtle', () => {
  it('has a node for each statement, with its document, sentence, author and confidence', async () => {
    const { text } = await writeText(turtle, await hardCorpus(), emptyLabelSet)
    expect(text).toContain('@prefix prov: <http://www.w3.org/ns/prov#>')
    const all = quads(text)
    const node = all.find(([, , object]) => object === iriOf('r', 'founder of'))?.[0]
    const said = Object.fromEntries(all.filter(([subject]) => subject === node).map(([, name, value]) => [name, value]))
    expect(said).toMatchObject({
      'http://www.w3.org/1999/02/22-rdf-syntax-ns#subject': iriOf('e', 'Mara "Mo" Velt'),
      'http://www.w3.org/ns/prov#wasDerivedFrom': iriOf('d', 'news/1'),
      'http://www.w3.org/ns/prov#wasAttributedTo': iriOf('a', 'run', 'run 7'),
      'urn:espalier:term:sentence': '1',
      'urn:espalier:term:confidence': '0.5',
    })
    expect(
      all.filter(([, , object]) => object === 'http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement'),
    ).toHaveLength(3)
  })

  it('is a file of prefixes where there is no doc', async () => {
    expect(quads((await writeText(turtle, [], emptyLabelSet)).text)).toEqual([])
  })
})
