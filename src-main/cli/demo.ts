/** npm run demo: imports the sample, trains MTL and PMEI, compares them and extracts from a text, in a few minutes. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { formatComparison } from '#main/comparison/format-comparison'
import { splits } from '#main/document/doc'
import { settingNamed } from '#main/runs/setting-values'
import { sampleFolder, sampleName } from '#main/services/system/sample'
import { readText } from './read-text.ts'
import { followRuns } from './follow-runs.ts'
import { formatSeconds } from './progress.ts'
import { runProgram } from './run-program.ts'
import { withSession, type Session } from './session.ts'
import { settingOption } from './setting-options.ts'
import { formatTable } from '#main/text/aligned-table'

interface Options {
  readonly workspace?: string
  readonly epochs: number
  readonly hidden: number
}

/** Settings with which two cores reach meaningful scores in five minutes. */
const training = { batchSize: 10, learningRate: 3e-3 }

const program = new Command('demo')
  .description('import the sample, train mtl and pmei, compare them, extract from a text')
  .option('--workspace <folder>', 'where to work (default: a new temporary folder)')
  .exitOverride()
  .action(async (options: Options) => {
    const workspace = options.workspace ?? (await mkdtemp(path.join(tmpdir(), 'espalier-demo-')))
    const started = performance.now()
    await withSession({ workspace }, (session) => walk(session, options))
    say(`\nDone in ${formatSeconds((performance.now() - started) / 1000)}. The workspace was left in ${workspace}`)
    say(`See it in the window: npm start -- --workspace "${workspace}"`)
    say(`or here: npm run -s espalier -- runs --workspace "${workspace}"`)
  })

program.addOption(settingOption(program, { ...settingNamed('epochs'), usual: 12 }).default(12))
program.addOption(settingOption(program, { ...settingNamed('hidden'), usual: 64 }).default(64))

async function walk(session: Session, { epochs, hidden }: Options): Promise<void> {
  const { client } = session
  say(`1. Import the sample from ${sampleFolder}`)
  for (const split of splits) {
    const files = [{ file: { path: path.join(sampleFolder, `${split}.jsonl`) } }]
    const report = await client.corpora.import({ corpus: sampleName, split, files, taskId: `sample-${split}` })
    session.progress.clear()
    say(`   ${split}: ${report.sentences} sentences, ${report.triples} triples`)
  }
  const corpus = (await client.corpora.list()).find(({ name }) => name === sampleName)
  if (!corpus) throw new Error('the sample was imported but is not listed')

  say(`\n2. Train MTL (the plain model) and PMEI (early predictions interact), at most ${epochs} epochs each`)
  const runs = await client.runs.start({
    corpusId: corpus.corpusId,
    variants: ['mtl', 'pmei'],
    seeds: [1],
    model: { hidden, wordDimension: 50 },
    training: { ...training, epochs },
  })
  await followRuns(session, runs)

  say('\n3. Compare them on test, whose sentences neither was trained on')
  const runIds = runs.map(({ runId }) => runId)
  for (const runId of runIds) await client.runs.evaluate({ runId, split: 'test' })
  const table = await client.comparisons.table({ runIds, match: 'exact', split: 'test' })
  session.progress.clear()
  say(formatComparison(table, 'table').trimEnd())

  const articles = await readText(path.join(sampleFolder, 'articles.txt'))
  say(`\n4. Extract from ${articles.name} with ${runs.at(-1)?.name}`)
  const document = await client.extraction.text({ runId: runIds.at(-1) ?? '', text: articles.text })
  session.progress.clear()
  say(describe(document))
}

function describe({ sentences }: ExtractedDocument): string {
  const found = sentences.flatMap(({ text, triples }) => {
    const rows = triples.map(({ subject, relation, object, probability }) => [
      subject.text,
      relation,
      object.text,
      probability.toFixed(2),
    ])
    return [
      `\n${text}`,
      rows.length === 0 ? '  (no triple)' : indent(formatTable(['subject', 'relation', 'object', 'probability'], rows)),
    ]
  })
  return found.join('\n')
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

await runProgram(program)
