/**
 * npm run bench -- torture: kills the program at random moments over every kind of job, while somebody annotates at full speed, and looks each
 * time whether every act that was confirmed is in the log, whether the annotation is what the log says, and whether a whole check finds anything.
 */
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createProcessHost } from '#main/compute/host'
import { isUnderWay } from '#main/jobs/job'
import { openServices } from '#main/services/services'
import { openWorkspace } from '#main/storage/workspace'
import { formatTable } from '#main/text/aligned-table'
import { jobActs, trainRequest, type Prepared } from '../support/job-acts.ts'
import { madeDocuments } from '../support/made-results.ts'
import { tinyCorpus } from '../support/tiny-corpus.ts'

/** What became of one kill. */
interface Outcome {
  readonly kind: string
  readonly seed: number
  /** Milliseconds after the first act, or after the start for kills during the opening. */
  readonly afterMs: number
  readonly isDuringOpening: boolean
  readonly confirmed: number
  readonly lost: number
  /** What a whole check found afterwards. */
  readonly findings: readonly string[]
}

interface TortureOptions {
  readonly kills: number
  /** File of outcomes, one a line; a torture that was stopped goes on behind those that are there. */
  readonly out: string | null
}

const kinds = ['annotate', 'import', ...Object.keys(jobActs)]
const child = path.join(import.meta.dirname, 'torture-child.ts')

export async function tortureProgram({ kills, out }: TortureOptions, tell: (line: string) => void): Promise<string> {
  const outcomes: Outcome[] =
    out !== null && existsSync(out)
      ? readFileSync(out, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Outcome) // written below
      : []
  const home = mkdtempSync(path.join(tmpdir(), 'espalier-torture-'))
  try {
    const made = await prepare(home)
    for (let number = outcomes.length; number < kills; number++) {
      const outcome = await killOnce(home, made, kinds[number % kinds.length] ?? '', number + 1)
      outcomes.push(outcome)
      if (out !== null) appendFileSync(out, `${JSON.stringify(outcome)}\n`)
      tell(
        `${number + 1} of ${kills}: ${outcome.kind}, ${outcome.confirmed} acts, ${outcome.lost} lost, ${outcome.findings.length} findings`,
      )
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
  return describe(outcomes)
}

async function prepare(home: string): Promise<Prepared & { readonly importFile: string }> {
  const [texts, importFile] = [path.join(home, 'texts.jsonl'), path.join(home, 'torture.json')]
  const lines = Array.from({ length: 3000 }, (_, at) => `{"text": "Ada Hall ${at} leads Norvik."}\n`)
  writeFileSync(texts, lines.join(''))
  writeFileSync(importFile, tinyCorpus(3000, 5))
  const extractionId = makeExtraction(home)
  const services = await open(home)
  for (const [split, count] of [
    ['train', 30],
    ['dev', 6],
    ['test', 6],
  ] as const) {
    const file = path.join(home, `${split}.json`)
    writeFileSync(file, tinyCorpus(count, count + split.length))
    const files = [{ file: { path: file, name: `${split}.json` } }]
    await services.handlers.corpora.import({ corpus: 'Tiny', split, files, taskId: split })
  }
  const [{ corpusId } = { corpusId: 0 }] = await services.handlers.corpora.list()
  const [run] = await services.handlers.runs.start(trainRequest({ corpusId }))
  while ((await services.handlers.jobs.list({ offset: 0, limit: 20 })).jobs.some(isUnderWay))
    await new Promise((resolve) => setTimeout(resolve, 50))
  await services.handlers.system.updateSettings({ annotator: 'Ada' })
  await services.close()
  return { corpusId, runId: run?.runId ?? '', extractionId, texts, folder: home, importFile }
}

const open = (home: string) =>
  openServices({ workspace: placeIn(home), config: path.join(home, 'config'), compute: createProcessHost() })
const placeIn = (home: string): string => path.join(home, 'workspace')

function makeExtraction(home: string): number {
  const workspace = openWorkspace(placeIn(home))
  const about = { runId: 'gone', runName: 'gone', title: 'made', output: null, createdMs: 1 }
  const extractionId = workspace.extractions.create(about)
  const documents = [...madeDocuments({ documents: 300, sentences: 3, names: 50 })]
  workspace.extractions.addDocuments(
    extractionId,
    documents.map((document) => ({ document, digest: Buffer.from(document.document) })),
  )
  workspace.close()
  return extractionId
}

/** A seventh of the kills comes while the workspace is opened, the others up to four seconds after the first act. */
async function killOnce(home: string, made: Prepared, kind: string, seed: number): Promise<Outcome> {
  const random = (seed * 7919 * 48_271) % 2_147_483_647
  const isDuringOpening = seed % 7 === 0
  const afterMs = random % (isDuringOpening ? 6000 : 4000)
  const confirmed = await workUntilKilled(
    [placeIn(home), path.join(home, 'config'), kind, String(seed), JSON.stringify(made)],
    {
      ...{ afterMs, isDuringOpening },
    },
  )
  for (const name of readdirSync(home)) if (name.startsWith('out-')) rmSync(path.join(home, name), { recursive: true })
  const workspace = openWorkspace(placeIn(home))
  try {
    const stored = new Set(
      workspace.annotations.history(made.corpusId, null, 1_000_000).map(({ description }) => description),
    )
    const { findings } = await workspace.check()
    return {
      ...{ kind, seed, afterMs, isDuringOpening, confirmed: confirmed.length },
      lost: confirmed.filter((act) => !stored.has(`act ${seed} ${act}`)).length,
      findings: findings.map(({ what }) => what),
    }
  } finally {
    await workspace.endThreads()
    workspace.close()
  }
}

interface Moment {
  readonly afterMs: number
  readonly isDuringOpening: boolean
}

/** Resolves with the acts that it had confirmed; rejects where it ended by itself. */
function workUntilKilled(words: readonly string[], { afterMs, isDuringOpening }: Moment): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const program = spawn(process.execPath, [child, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
    let [said, complaint] = ['', '']
    const killLater = (): void => void setTimeout(() => program.kill('SIGKILL'), afterMs)
    if (isDuringOpening) killLater()
    program.stdout.on('data', (text: Buffer) => {
      if (said === '' && !isDuringOpening) killLater()
      said += text.toString()
    })
    program.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
    program.once('close', (_, signal) => {
      const acts = said
        .slice(0, said.lastIndexOf('\n') + 1)
        .split('\n')
        .filter((line) => /^\d+$/.test(line))
      if (signal === 'SIGKILL') resolve(acts.map(Number))
      else reject(new Error(`The program ended by itself: ${complaint}`))
    })
  })
}

function describe(outcomes: readonly Outcome[]): string {
  const rows = kinds.map((kind) => {
    const own = outcomes.filter((outcome) => outcome.kind === kind)
    const sum = (of: (outcome: Outcome) => number): number => own.reduce((total, outcome) => total + of(outcome), 0)
    return [kind, own.length, sum((one) => one.confirmed), sum((one) => one.lost), sum((one) => one.findings.length)]
  })
  const found = [...new Set(outcomes.flatMap(({ findings }) => findings))]
  return `${formatTable(['job', 'kills', 'acts confirmed', 'acts lost', 'findings'], rows)}\n${found.map((what) => `- ${what}\n`).join('')}`
}
