/** How fast the editor opens and paints a very long sentence, beside the simplest way to draw it: everything anew. */
import type { Page } from 'playwright-core'
import { openWindow, type OpenedWindow } from '../support/opened-window.ts'
import { median, quantile } from './figures.ts'
import { generateLongDocument, longDocument, longDocumentLabels, type LongDocument } from './long-document.ts'
import { describeMachine, machineToText } from './machine.ts'
import { startWatching, stopWatching } from './watched-page.ts'
import { onDisk } from '../support/files-on-disk.ts'

type Tell = (line: string) => void

const edits = 60
const openings = 5

/** A table as text. */
export async function measureAnnotate(tell: Tell): Promise<string> {
  const document = generateLongDocument(longDocument)
  tell('Opening the window on a workspace with one long sentence and one short one')
  const opened = await openWindow((services) => importDocument(services, document))
  try {
    const { page } = opened
    tell('Opening the sentence')
    const opening: number[] = []
    for (let time = 0; time < openings; time++) opening.push(await measureOpening(page))
    tell(`${edits} edits by key`)
    const editing = await measureEdits(page)
    tell('Gestures through the services')
    const storing = await measureGestures(opened, document)
    tell('The same drawn anew at every edit')
    const redrawing = await measureRedraw(page, document)
    return [
      `${machineToText(describeMachine())}\n`,
      `${longDocument.tokens} tokens, ${longDocument.spans} spans, ${longDocument.relations} relations; milliseconds`,
      '                                   times  median     p99',
      toLine('open, to the first painted frame', opening),
      toLine('an edit, from key to paint', editing),
      toLine('a gesture in the database', storing),
      toLine('everything drawn anew, to paint', redrawing),
      `drawn anew / edit: ${(median(redrawing) / median(editing)).toFixed(1)}`,
      '',
    ].join('\n')
  } finally {
    await opened.close()
  }
}

async function importDocument(
  { handlers }: Pick<OpenedWindow['services'], 'handlers'>,
  { words, spans, relations }: LongDocument,
): Promise<void> {
  const head = { espalier: 'corpus', version: 1, labels: longDocumentLabels }
  const lines = [head, { id: 'long', text: words.join(' ') }, { id: 'short', text: 'Nothing happened .' }]
  await handlers.corpora.import({
    ...{ corpus: 'Long', split: 'train', taskId: 'import' },
    files: onDisk({ name: 'long.jsonl', text: lines.map((line) => JSON.stringify(line)).join('\n') }),
  })
  const provenance = { origin: 'import', author: 'long.jsonl' } as const
  await handlers.annotations.apply({
    ...{ sentenceId: 1, description: 'as imported' },
    changes: [
      ...spans.map((span) => ({ kind: 'span' as const, before: null, after: { ...span, provenance } })),
      ...relations.map((relation) => ({ kind: 'relation' as const, before: null, after: { ...relation, provenance } })),
    ],
  })
}

/** From leaving the short sentence to the frame that shows the long one. */
async function measureOpening(page: Page): Promise<number> {
  await page.evaluate(() => (location.hash = '#/annotate/2'))
  await page.getByText('Long / train / sentence 2').waitFor()
  await page.waitForTimeout(500)
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const started = performance.now()
    location.hash = '#/annotate/1'
    while (document.querySelectorAll('[data-row="words"]').length < 20) await frame()
    await frame()
    return performance.now() - started
  })
}

/** A span labelled, taken back, a tag set, taken back, ... each timed from the key to the frame that shows it. */
async function measureEdits(page: Page): Promise<number[]> {
  await page.locator('[data-row="words"][data-token="4"]').click()
  const keys = ['1', 'u', '2', 'u', '3', 'u']
  await startWatching(page)
  for (let edit = 0; edit < edits; edit++) {
    await page.keyboard.press(keys[edit % keys.length] ?? 'u')
    await page.waitForTimeout(250)
  }
  return stopWatching(page)
}

/** One gesture, one transaction: a flag span added and removed. */
async function measureGestures({ services }: OpenedWindow, { words }: LongDocument): Promise<number[]> {
  const { annotations } = services.handlers
  const times: number[] = []
  for (let gesture = 0; gesture < edits; gesture++) {
    const start = words.length - 2
    const after = {
      id: `g${gesture}`,
      start,
      end: start + 1,
      label: 'ORG',
      provenance: { origin: 'person', author: 'bench' },
    } as const
    for (const change of [
      { kind: 'span' as const, before: null, after },
      { kind: 'span' as const, before: after, after: null },
    ]) {
      const started = performance.now()
      await annotations.apply({ sentenceId: 1, description: 'gesture', changes: [change] })
      times.push(performance.now() - started)
    }
  }
  return times
}

/** The yardstick: a page without a framework that builds every word, mark and arc again at each edit. */
async function measureRedraw(page: Page, document: LongDocument): Promise<number[]> {
  const plain = await page.context().newPage()
  try {
    await plain.setContent('<body style="margin:0;width:1000px"></body>')
    return await plain.evaluate(async ({ words, spans, relations }) => {
      const perLine = 12
      const placeOf = (token: number): readonly [number, number] => [
        (token % perLine) * 80,
        Math.floor(token / perLine) * 90 + 40,
      ]
      const draw = (edit: number): void => {
        const text = words.map((word, token) => {
          const [x, y] = placeOf(token)
          const tag = `<i style="position:absolute;left:${x}px;top:${y + 40}px">O</i>`
          return `<b style="position:absolute;left:${x}px;top:${y}px">${word}${token === edit ? '*' : ''}</b>${tag}`
        })
        const marks = spans.map(({ start, label }) => {
          const [x, y] = placeOf(start)
          return `<u style="position:absolute;left:${x}px;top:${y + 20}px">${label}</u>`
        })
        const startOf = new Map(spans.map(({ id, start }) => [id, start]))
        const arcs = relations.map(({ subject, object, type }) => {
          const [[a, b], [c, d]] = [placeOf(startOf.get(subject) ?? 0), placeOf(startOf.get(object) ?? 0)]
          return `<path d="M${a} ${b}V${b - 20}H${c}V${d}" fill="none" stroke="#333"/><text x="${a}" y="${b - 22}">${type}</text>`
        })
        const height = Math.ceil(words.length / perLine) * 90
        window.document.body.innerHTML = `${text.join('')}${marks.join('')}<svg width="1000" height="${height}">${arcs.join('')}</svg>`
      }
      const painted = () =>
        new Promise<void>((resolve) =>
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => resolve()
            port2.postMessage(null)
          }),
        )
      const times: number[] = []
      for (let edit = 0; edit < 15; edit++) {
        const started = performance.now()
        draw(edit)
        await painted()
        times.push(performance.now() - started)
      }
      return times
    }, document)
  } finally {
    await plain.close()
  }
}

function toLine(name: string, values: readonly number[]): string {
  const figures = [median(values), quantile(values, 0.99)]
  return [name.padEnd(34), `${values.length}`.padStart(5), ...figures.map((ms) => ms.toFixed(1).padStart(7))].join(' ')
}
