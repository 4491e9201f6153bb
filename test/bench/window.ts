/** How fast the window answers: inputs at random moments in a real Chromium, while a run trains and while none does. */
import { createRandom } from '#main/models/shared/random'
import type { Page } from 'playwright-core'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { median, quantile } from './figures.ts'
import { generateCorpus } from './generated-corpus.ts'
import { describeMachine, machineToText } from './machine.ts'
import { settle, startRun } from './runs.ts'
import { startWatching, stopWatching } from './watched-page.ts'
import { workloads } from './workload.ts'
import { onDisk } from '../support/files-on-disk.ts'

type Tell = (line: string) => void

const inputs = 150
const trainSentences = 2000

/** A table as text. */
export async function measureWindow(tell: Tell): Promise<string> {
  tell('Opening the window on a workspace of its own')
  const opened = await openWindow(({ handlers }) =>
    handlers.corpora.import({
      ...{ corpus: 'Generated', split: 'train', taskId: 'import' },
      files: onDisk({ name: 'train.json', text: generateCorpus(workloads.s1, trainSentences, 1) }),
    }),
  )
  try {
    tell(`Nothing trains: ${inputs} inputs`)
    const idle = await measure(opened.page)
    const training = await measureTraining(opened, tell)
    return [
      `${machineToText(describeMachine())}\n`,
      'milliseconds from input to paint',
      'while          inputs  median     p95     max',
      toLine('nothing trains', idle),
      toLine('a run trains', training),
      '',
    ].join('\n')
  } finally {
    await opened.close()
  }
}

async function measureTraining({ page, services }: OpenedWindow, tell: Tell): Promise<number[]> {
  const runId = await startRun(services, { epochs: 1000, patience: 1000 })
  tell(`A run trains: ${inputs} inputs`)
  return await measure(page).finally(async () => {
    const { run } = await services.handlers.runs.get({ runId })
    // figures of a run that had ended would be those of an idle program
    if (run.status !== 'running')
      throw new Error(`The run did not train to the end of the inputs: ${run.failure ?? run.status}`)
    await services.handlers.runs.cancel({ runId })
    await settle(services, runId)
  })
}

/** Milliseconds of every input: arrow keys in the list of sentences, letters in the search, clicks on a filter. */
async function measure(page: Page): Promise<number[]> {
  await page.evaluate(() => (location.hash = '#/corpora'))
  const firstRow = page.getByRole('list', { name: 'Sentences' }).getByRole('link').first()
  const search = page.getByRole('textbox', { name: 'Search' })
  const chip = page.getByRole('button', { name: 'train', exact: true })
  await firstRow.waitFor()
  const random = createRandom(1)
  const acts = [
    async () => {
      // focus stays where the arrow keys left it
      if (!(await isInList(page))) await firstRow.focus()
      await page.keyboard.press(random.uniform() < 0.8 ? 'ArrowDown' : 'ArrowUp')
    },
    async () => {
      await search.focus()
      await page.keyboard.press((await search.inputValue()) === '' ? 'w' : 'Backspace')
    },
    async () => chip.click(),
  ]
  await startWatching(page)
  for (let input = 0; input < inputs; input++) {
    await page.waitForTimeout(100 + random.integer(300))
    await acts[random.integer(acts.length)]?.()
  }
  await page.waitForTimeout(500)
  const times = await stopWatching(page)
  await search.fill('')
  return times
}

const isInList = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement?.closest('[role="listitem"]') !== null)

function toLine(name: string, values: readonly number[]): string {
  const figures = [median(values), quantile(values, 0.95), Math.max(...values)]
  return [name.padEnd(14), `${values.length}`.padStart(6), ...figures.map((ms) => ms.toFixed(1).padStart(7))].join(' ')
}
