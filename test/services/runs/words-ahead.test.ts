/** Words are counted before an estimate asks for them: of large corpora, again when sentences come, and without telling of failures. */
import { expect, it } from 'vitest'
import { createCorpusFacts } from '#main/services/runs/corpus-facts'
import { createWordsAhead } from '#main/services/runs/words-ahead'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeCorpus, temporaryWorkspace, tripleDocs } from '../../support/temporary-workspace.ts'

function open() {
  const workspace = temporaryWorkspace()
  const corpusId = makeCorpus(workspace, tripleDocs(['Mara left Velt .'], ['MARA left Orb .']))
  const context = recordedContext(workspace)
  const asked: string[] = []
  const ask: typeof context.reads.ask = (name, ...rest) => {
    asked.push(name)
    return context.reads.ask(name, ...rest)
  }
  const facts = createCorpusFacts({ workspace, reads: { ...context.reads, ask } })
  const different = () =>
    (JSON.parse(workspace.corpora.keptWords(corpusId, 'counts') ?? '{}') as object)['different' as never]
  return { workspace, corpusId, context, asked, facts, different }
}

it('words of a large corpus are counted ahead, and once for every state of it', async () => {
  const { workspace, corpusId, asked, facts, different } = open()
  const countAhead = createWordsAhead(workspace, facts, 2)
  await Promise.all([countAhead(), countAhead()])
  expect([asked, different()]).toEqual([['words'], 5])
  expect((await facts.of(corpusId)).differentWords).toBe(5)
  expect(asked).toEqual(['words'])
  workspace.corpora.addDocs(corpusId, 'train', 'b', tripleDocs(['Ada sings .']))
  const counting = countAhead()
  workspace.corpora.addDocs(corpusId, 'train', 'c', tripleDocs(['Tam sings .']))
  await Promise.all([counting, countAhead()])
  expect(different()).toBe(8)
})

it('words of a small corpus are left until an estimate asks', async () => {
  const { workspace, corpusId, asked, facts } = open()
  await createWordsAhead(workspace, facts, 3)()
  expect(asked).toEqual([])
  expect((await facts.of(corpusId)).differentWords).toBe(5)
})

it('counting that the end of the program stops is no failure', async () => {
  const { workspace, facts, context } = open()
  const counting = createWordsAhead(workspace, facts, 2)()
  await context.reads.close()
  await expect(counting).resolves.toBeUndefined()
})
