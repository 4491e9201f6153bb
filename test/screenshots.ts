/** Takes the pictures of the guides from the real window, in both themes: `npm run screenshots` writes them to docs/images. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import type { Services } from '#main/services/services'
import { ensureSample } from '#main/services/system/sample'
import { openWindow } from './support/opened-window.ts'

const images = path.resolve(import.meta.dirname, '..', 'docs', 'images')
const size = { width: 1400, height: 820 }

/** What each picture shows, and how the window is brought there. */
const pictures: Readonly<Record<string, (page: Page, services: Services) => Promise<unknown>>> = {
  async corpora(page) {
    await page.goto(hashOf(page, '/corpora'))
    await page.getByRole('list', { name: 'Sentences' }).getByRole('listitem').first().waitFor()
  },
  async annotate(page, services) {
    const sentenceId = await sentenceToShow(services)
    await page.goto(hashOf(page, `/annotate/${sentenceId}`))
    await page.getByRole('grid').first().waitFor()
  },
  async statistics(page) {
    await page.goto(hashOf(page, '/corpora'))
    await page.getByRole('tab', { name: 'Statistics' }).click()
    await page.getByText('Memory floor').first().waitFor()
  },
  async 'new-run'(page) {
    await page.goto(hashOf(page, '/train'))
    await page
      .getByRole('button', { name: /^New run/ })
      .first()
      .click()
    await page.getByRole('dialog').getByText('Variant').first().waitFor()
  },
}

const hashOf = (page: Page, to: string): string => `${page.url().replace(/#.*/, '')}#${to}`

/** A sentence of the sample with several relations, the same every time. */
async function sentenceToShow({ handlers }: Services): Promise<number> {
  const [corpus] = await handlers.corpora.list()
  if (!corpus) throw new Error('There is no sample')
  const page = { offset: 0, limit: 200 }
  const { rows } = await handlers.corpora.sentences({ corpusId: corpus.corpusId, filter: {}, ...page })
  const [most] = rows.toSorted((a, b) => b.triples.length - a.triples.length)
  if (!most) throw new Error('The sample is empty')
  return most.sentenceId
}

/** The browser itself writes WebP, a fifth of the size of PNG. */
async function toWebp(page: Page, png: Buffer): Promise<Buffer> {
  const url = await page.evaluate(async (base64) => {
    const picture = new Image()
    picture.src = `data:image/png;base64,${base64}`
    await picture.decode()
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: picture.width, height: picture.height })
    canvas.getContext('2d')?.drawImage(picture, 0, 0)
    return canvas.toDataURL('image/webp', 0.85)
  }, png.toString('base64'))
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

mkdirSync(images, { recursive: true })
const opened = await openWindow(({ handlers }) => ensureSample(handlers))
try {
  const { page, services } = opened
  await page.setViewportSize(size)
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const [name, show] of Object.entries(pictures)) {
      await show(page, services)
      await page.evaluate(() => document.fonts.ready)
      await page.waitForTimeout(300) // numbers come in after the frame stands
      const file = path.join(images, `${name}-${theme}.webp`)
      writeFileSync(file, await toWebp(page, await page.screenshot()))
      await page.keyboard.press('Escape')
      process.stdout.write(`${file}\n`)
    }
  }
} finally {
  await opened.close()
}
process.exit()
