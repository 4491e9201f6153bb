// @vitest-environment happy-dom
/** The problems of a corpus, mounted on real services: counted, filtered, paged, and each with the way to its sentence. */
import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import ProblemsPanel from '#window/features/corpora/ProblemsPanel.vue'
import { connectTo } from '../../support/connected.ts'
import { onDisk } from '../../support/files-on-disk.ts'
import { find, mount } from '../../support/mounted.ts'
import { openTestServices, temporaryFolder } from '../../support/services.ts'
import { tripleFile, type TripleRecord } from '../../support/temporary-workspace.ts'

/** Sixty records with a string that their text does not hold, and one without a text. */
const lost = Array.from({ length: 60 }, (_, at): TripleRecord => [`Ada met Ben${at} .`, ['Ada', 'met', `Cid${at}`]])
const bad = '[{"text": "Ada met Jon .", "triple_list": []}, {"text": 3, "triple_list": []}]'

async function open(files: Readonly<Record<string, string>>) {
  const services = await openTestServices(temporaryFolder())
  for (const [name, text] of Object.entries(files))
    await services.handlers.corpora.import({
      ...{ corpus: 'news', split: 'train', taskId: name },
      files: onDisk({ name, text }),
    })
  const [{ corpusId = 0 } = {}] = await services.handlers.corpora.list()
  await connectTo(services)
  setActivePinia(createPinia())
  const routes = [
    { path: '/', component: {} },
    { path: '/annotate/:sentenceId', name: 'annotate', component: {} },
  ]
  const router = createRouter({ history: createMemoryHistory(), routes })
  return mount(ProblemsPanel, { props: { corpusId }, listens: ['show', 'go'], plugins: [router] })
}

const rows = () => [...document.querySelectorAll('ul[aria-label="Problems at import"] li')]
const wordsOf = (element: Element) =>
  [...element.children]
    .map(({ textContent }) => textContent?.trim())
    .filter(Boolean)
    .join(' ')
const chips = () =>
  [...document.querySelectorAll('[aria-label="Filters of problems"] button')].map(({ textContent }) =>
    textContent?.trim(),
  )

it('counts them by severity, and lists a page of them, each with its file, line and sentence', async () => {
  await open({ 'a.json': tripleFile(...lost), 'b.json': bad })
  await expect.poll(() => rows().length).toBe(50)
  expect(chips()).toEqual(['Left out 1', 'Repaired 0', 'Noted 60'])
  const [first] = rows()
  expect(first && wordsOf(first)).toMatch(/^Noted a\.json, 1 .*Cid0.* train 1$/)
  expect(first?.querySelector('a')?.getAttribute('href')).toMatch(/^\/annotate\/\d+$/)
  find('button', 'Next').click()
  await expect.poll(() => rows().length).toBe(11)
})

it('shows those of a severity when its chip is pressed, and all when it is pressed again', async () => {
  await open({ 'a.json': tripleFile(...lost), 'b.json': bad })
  await expect.poll(() => rows().length).toBe(50)
  const chip = find('button', 'Left out 1')
  chip.click()
  await expect
    .poll(() => rows().map(wordsOf))
    .toEqual([expect.stringMatching(/^Left out b\.json, 2 text: expected a string/)])
  expect(chip.getAttribute('aria-pressed')).toBe('true')
  expect(rows()[0]?.querySelector('a')).toBeNull()
  chip.click()
  await expect.poll(() => rows().length).toBe(50)
})

it('says that there are none where everything was taken as it stands', async () => {
  const { element } = await open({ 'a.json': tripleFile(['Jon left .']) })
  await expect.poll(() => element.textContent).toContain('everything was taken as it stands')
})

it('leads to the sentences that can be found in the corpus now', async () => {
  const { emitted, element } = await open({ 'a.json': tripleFile(...lost.slice(0, 2)) })
  const present = () => [...element.querySelectorAll('ul[aria-label="In the corpus now"] li')]
  await expect.poll(() => present()[0]?.querySelector('button')).toBeTruthy()
  present()[0]?.querySelector('button')?.click()
  expect(emitted.get('show')).toEqual([[{ anchors: 'unanchored' }]])
})
