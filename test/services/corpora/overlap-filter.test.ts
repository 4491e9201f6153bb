/** The filter by overlap class finds exactly the sentences that the statistics count, and follows what is annotated. */
import { expect, it } from 'vitest'
import { deleteRelation } from '#main/document/edit-relations'
import { openTestServices, temporaryFolder } from '../../support/services.ts'
import { onDisk } from '../../support/files-on-disk.ts'

const records = [
  { text: 'Mara left Marabel .', triple_list: [['Mara', 'of', 'Marabel']] },
  { text: 'Jon left Calden .', triple_list: [['Jon', 'of', 'Calden']] },
  {
    text: 'New York is in York county .',
    triple_list: [
      ['York', 'in', 'New York'],
      ['York', 'near', 'county'],
    ],
  },
]

it('finds the sentences in which one string of a triple is part of the other', async () => {
  const { handlers } = await openTestServices(temporaryFolder())
  const { corpora, annotations } = handlers
  await corpora.import({
    ...{ corpus: 'Names', split: 'train', taskId: 'import', format: 'casrel-json' },
    files: onDisk({ name: 'train.json', text: JSON.stringify(records) }),
  })
  const [{ corpusId = 0 } = {}] = await corpora.list()
  const page = () => corpora.sentences({ corpusId, filter: { overlapClass: 'SOO' }, offset: 0, limit: 10 })
  const { total, rows } = await page()
  expect([total, rows.map(({ text, overlapClasses }) => [text, overlapClasses])]).toEqual([
    2,
    [
      ['Mara left Marabel .', ['Normal', 'SOO']],
      ['New York is in York county .', ['SEO', 'SOO']],
    ],
  ])
  const { splits } = await corpora.statistics({ corpusId })
  expect(splits.find(({ split }) => split === 'train')?.classes.list.SOO).toBe(2)
  const sentenceId = rows[0]?.sentenceId ?? 0
  const { annotation, text, tokens } = await annotations.open({ sentenceId, runId: null })
  const words = tokens.map(({ start, end }) => text.slice(start, end))
  const edit = deleteRelation(annotation, annotation.relations[0]?.id ?? '', { author: 'Ada', words, newId: () => 'x' })
  await annotations.apply({ sentenceId, description: edit.description, changes: [...edit.changes] })
  expect((await page()).total).toBe(1)
})
