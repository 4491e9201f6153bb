/** Label sets from files: our own head, a list of names, and brat's annotation.conf; anything else is refused by line. */
import { describe, expect, it } from 'vitest'
import { readLabels } from '#main/labels/read-labels'

describe('a label set is read', () => {
  it('from the first line of our JSON lines', () => {
    const labels = { entityTypes: [{ name: 'PERSON', key: 'p' }], relationTypes: [{ name: 'leads' }], signatures: [] }
    const text = `${JSON.stringify({ espalier: 'corpus', version: 1, labels })}\n{"text":"Jon left."}\n`
    expect(readLabels(text)).toEqual({ labels, remarks: [] })
  })

  it('from a list of names, one on each line, relation types under their heading', () => {
    const { labels } = readLabels('# ours\nPERSON\nCOMPANY\r\n\nPERSON\n[relations]\nworks for\n')
    expect(labels).toEqual({
      entityTypes: [{ name: 'PERSON' }, { name: 'COMPANY' }],
      relationTypes: [{ name: 'works for' }],
      signatures: [],
    })
  })

  it('from the annotation.conf of brat, with the pairs that a relation may join, and says what it leaves out', () => {
    const conf = `[entities]
!Thing
\tPerson
\tOrg
[relations]
Works Arg1:Person, Arg2:Org|Person
<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>
[events]
Birth Person-Arg:Person
[attributes]
`
    const { labels, remarks } = readLabels(conf)
    expect(labels.entityTypes.map(({ name }) => name)).toEqual(['Thing', 'Person', 'Org'])
    expect(labels.relationTypes).toEqual([{ name: 'Works' }])
    expect(labels.signatures).toEqual([
      { relation: 'Works', subject: 'Person', object: 'Org' },
      { relation: 'Works', subject: 'Person', object: 'Person' },
    ])
    expect(remarks).toEqual(['<OVERLAP>, events, attributes of the file is left out: it has no place in a label set.'])
  })

  it('from the annotation.conf of brat with its macros, types that may be anything, and symmetric relations', () => {
    const conf = `<POG>=Person|Org
[entities]
Person
Org
[relations]
Knows Arg1:<POG>, Arg2:Person, <REL-TYPE>:symmetric
Near Arg1:<ENTITY>, Arg2:Org
Any Arg1:<ENTITY>, Arg2:<ANY>
`
    const { labels, remarks } = readLabels(conf)
    expect(labels.relationTypes).toEqual([{ name: 'Knows', symmetric: true }, { name: 'Near' }, { name: 'Any' }])
    expect(labels.signatures.map(({ relation, subject, object }) => `${relation} ${subject} ${object}`)).toEqual([
      'Knows Person Person',
      'Knows Org Person',
      'Near Person Org',
      'Near Org Org',
    ])
    expect(remarks).toEqual([
      'Knows: symmetric in the file. Of both directions of a relation one is kept, that of the earlier mention, and they are scored as one.',
    ])
  })

  it.each([
    ['', 'The file is empty'],
    ['\n\n', 'The file is empty'],
    ['{"text": "Jon left."}', 'Line 1 holds no "labels"'],
    ['{"text": ', 'Line 1 is no JSON'],
    ['[events]\nBirth\n', 'The file names no type'],
    [`PERSON\n${'a long sentence '.repeat(9)}`, 'Line 2 is'],
    [Array.from({ length: 900 }, (_, at) => `w${at}`).join('\n'), 'The file has more than 500 lines'],
  ])('but not from %j', (text, message) => expect(() => readLabels(text)).toThrow(message))
})
