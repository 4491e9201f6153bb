/**
 * A program that annotates as fast as it can beside a job, and says each act once it is stored, until it is killed: WORKSPACE CONFIG KIND SEED
 * PREPARED. It says "ready" before its first act, and begins a job of the kind anew whenever one has come to its end.
 */
import { mkdirSync, writeSync } from 'node:fs'
import path from 'node:path'
import { createProcessHost } from '#main/compute/host'
import { addSpan, deleteSpan } from '#main/document/edit'
import { setFlagged } from '#main/document/edit-review'
import { openServices } from '#main/services/services'
import { jobActs, type JobAct, type Prepared } from '../support/job-acts.ts'

const [workspace = '', config = '', kind = '', seed = '1', prepared = ''] = process.argv.slice(2)
const made = JSON.parse(prepared) as Prepared & { readonly importFile: string } // from the bench
const { handlers } = await openServices({ workspace, config, compute: createProcessHost() })
let drawn = Number(seed)

/** A whole number from 0 to below `most`, by a generator of Lehmer. */
function draw(most: number): number {
  drawn = (drawn * 48_271) % 2_147_483_647
  return drawn % most
}

async function workOn(): Promise<void> {
  for (let number = 0; ; number++) {
    const folder = path.join(made.folder, `out-${seed}-${number}`)
    mkdirSync(folder, { recursive: true })
    if (kind === 'import')
      await handlers.corpora.import({
        ...{ corpus: `Torture ${seed} ${number}`, split: 'train', taskId: `import-${number}` },
        files: [{ file: { path: made.importFile, name: 'torture.json' } }],
      })
    else if (kind !== 'annotate') await jobActs[kind as JobAct](handlers, { ...made, folder })
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const { rows } = await handlers.corpora.sentences({ corpusId: made.corpusId, offset: 0, limit: 40, filter: {} })
writeSync(1, 'ready\n')
void workOn().catch((error: unknown) => writeSync(2, `${String(error)}\n`)) // a job may be refused while another one goes on
for (let act = 0; ; act++) {
  const sentenceId = rows[draw(rows.length)]?.sentenceId ?? 0
  const { annotation, tokens, labels } = await handlers.annotations.open({ sentenceId, runId: null })
  const words = tokens.map(() => 'word')
  const context = { author: 'Ada', words, newId: () => `torture-${seed}-${act}` }
  const start = draw(words.length)
  const isTaken = annotation.spans.some((span) => span.start === start && span.end === start + 1)
  const last = annotation.spans.findLast(({ id }) => id.startsWith('torture-'))
  const edit =
    last && draw(3) === 0
      ? deleteSpan(annotation, last.id, context)
      : isTaken
        ? setFlagged(annotation, !annotation.review.isFlagged)
        : addSpan(annotation, { start, end: start + 1 }, labels.entityTypes[0]?.name ?? '', context)
  const description = `act ${seed} ${act}`
  await handlers.annotations.apply({ sentenceId, description, changes: [...edit.changes] })
  writeSync(1, `${act}\n`)
  if (draw(9) === 0) await handlers.annotations.undo({ corpusId: made.corpusId })
}
