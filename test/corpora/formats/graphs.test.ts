/** Graphs: GraphML and the CSV files of Neo4j. */
import { describe, expect, it } from 'vitest'
import { graphml } from '#main/corpora/formats/graphml/graphml'
import { neo4jCsv } from '#main/corpora/formats/neo4j/neo4j'
import { emptyLabelSet } from '#main/labels/label-set'
import { writeText } from '../../support/corpus-files.ts'
import { hardCorpus } from '../../support/written-corpus.ts'

describe('GraphML', () => {
  it('has a node for each name and type, declared keys, and edges with ids of their own', async () => {
    const { text } = await writeText(graphml, await hardCorpus(), emptyLabelSet)
    expect(text).toContain('<key id="confidence" for="edge" attr.name="confidence" attr.type="double"/>')
    expect(text.slice(text.indexOf('<graph id'))).toBe(`<graph id="corpus" edgedefault="directed">
    <node id="n1"><data key="name">Mara "Mo" Velt</data><data key="type">PER</data></node>
    <node id="n2"><data key="name">Orbisk &amp; &lt;Labs&gt;</data><data key="type">ORG</data></node>
    <node id="n3"><data key="name">林晓舟</data><data key="type">PER</data></node>
    <node id="n4"><data key="name">Ada</data></node>
    <node id="n5"><data key="name">Mara "Mo" Velt</data></node>
    <edge id="e1" source="n1" target="n2"><data key="relation">founder of</data><data key="document">news/1</data><data key="sentence">1</data><data key="author">run 7</data><data key="confidence">0.5</data></edge>
    <edge id="e2" source="n4" target="n5"><data key="relation">met</data><data key="document">news/1</data><data key="sentence">1</data></edge>
    <edge id="e3" source="n3" target="n1"><data key="relation">met</data><data key="document">news/1</data><data key="sentence">2</data><data key="author">run 7</data><data key="confidence">0.5</data></edge>
  </graph>
</graphml>
`)
  })

  it('leaves out characters that XML does not allow, and counts them', async () => {
    const docs = (await hardCorpus()).map((doc) => ({
      ...doc,
      annotations: doc.annotations.map((one) => ({
        ...one,
        unanchored: [{ subject: 'A\u0000da', type: 'm\u001bet', object: 'x' }],
      })),
    }))
    const { text, losses } = await writeText(graphml, docs, emptyLabelSet)
    expect(text).toContain('<data key="name">Ada</data>')
    expect(losses).toContain('4 characters that XML does not allow are left out')
  })
})

describe('the CSV files of Neo4j', () => {
  it('have the headers that the bulk import wants', async () => {
    const { files, text } = await writeText(neo4jCsv, await hardCorpus(), emptyLabelSet)
    expect(text).toBe('')
    expect(files).toEqual({
      'nodes.csv': [
        'id:ID,name,:LABEL',
        '1,"Mara ""Mo"" Velt",Entity;PER',
        '2,Orbisk & <Labs>,Entity;ORG',
        '3,林晓舟,Entity;PER',
        '4,Ada,Entity',
        '5,"Mara ""Mo"" Velt",Entity',
        '',
      ].join('\r\n'),
      'relationships.csv': [
        ':START_ID,:END_ID,:TYPE,document,sentence:int,author,confidence:float',
        '1,2,founder of,news/1,1,run 7,0.5',
        '4,5,met,news/1,1,,',
        '3,1,met,news/1,2,run 7,0.5',
        '',
      ].join('\r\n'),
    })
  })
})
