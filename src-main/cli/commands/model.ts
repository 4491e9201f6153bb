/** espalier model: a run's model as a folder that needs no workspace: written, checked, and made a run of again. */
import path from 'node:path'
import { Option, type Command } from 'commander'
import { vectorChoices, type ModelExport } from '#main/api/models'
import { createProcessHost } from '#main/compute/host'
import type { UnseenWords } from '#main/model-folder/model-facts'
import { openModelFolder, type ModelFolder } from '#main/model-folder/model-folder'
import { backendNames, type BackendChoice } from '#main/runs/backend-name'
import { checkModel } from '#main/services/models/check-model'
import { openStandalone } from '#main/services/models/standalone'
import { formatTable } from '#main/text/aligned-table'
import { formatMoment } from '#main/text/moment'
import { countOf } from '#main/text/numbers'
import { describeSplitting } from '#main/text/splitting'
import { cancellable } from '../cancellable.ts'
import { findCorpus, findRun, runArgument } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'
import { addOnnx } from './model-onnx.ts'

interface ExportOptions extends GlobalOptions {
  readonly vectors: 'known' | 'all'
  readonly replace?: boolean
}

interface ImportOptions extends GlobalOptions {
  readonly corpus?: string
  readonly name?: string
}

interface CheckOptions extends GlobalOptions {
  readonly backend: BackendChoice
}

const folderArgument = 'folder that "espalier model export" wrote'

export function addModel(program: Command): Command {
  const command = program.command('model').description('a trained model as a folder by itself: export, check, import')
  addExport(command)
  addCheck(command)
  addOnnx(command)
  command
    .command('import')
    .description('make a run of the folder of a model, to score, compare and extract with in a workspace')
    .argument('<folder>', folderArgument)
    .option(
      '--corpus <name>',
      'corpus that the run belongs to (default: the one of its name, made where there is none)',
    )
    .option('--name <name>', 'name of the run')
    .action((folder: string, _: object, self: Command) => {
      const { corpus, name, ...options } = self.optsWithGlobals<ImportOptions>()
      return withSession(options, async (session) => {
        const { client, print, progress } = session
        const corpusId = corpus === undefined ? undefined : (await findCorpus(client, corpus)).corpusId
        const { run, notes } = await cancellable(session, (taskId) =>
          client.models.import({ path: path.resolve(folder), corpusId, name, taskId }),
        )
        for (const note of notes) progress.line(note)
        print({ runId: run.runId, name: run.name, notes }, `Imported ${run.name} as run ${run.runId}.`)
      })
    })
  return command
}

function addExport(command: Command): void {
  command
    .command('export')
    .description('write the best epoch of a run into a folder that needs no workspace')
    .argument('<run>', runArgument)
    .argument('<folder>', 'folder to write')
    .addOption(
      new Option(
        '--vectors <which>',
        'word vectors to take along: known are those of the training’s words, all also those of every other word of the file that the run began from',
      )
        .choices(vectorChoices)
        .default('known'),
    )
    .option('--replace', 'take the place of the folder of a model that is there')
    .action((name: string, folder: string, _: object, self: Command) => {
      const { vectors, replace = false, ...options } = self.optsWithGlobals<ExportOptions>()
      return withSession(options, async (session) => {
        const { runId } = await findRun(session.client, name)
        const choice = { runId, path: path.resolve(folder), vectors, replace }
        const report = await cancellable(session, (taskId) => session.client.models.export({ ...choice, taskId }))
        session.print({ ...report, path: folder }, describeExport(folder, report))
      })
    })
}

function describeExport(folder: string, { bytes, unseen, notes }: ModelExport): string {
  return [`Wrote ${folder}: ${(bytes / 1e6).toFixed(1)} MB, checked.`, unseen, ...notes].join('\n')
}

function addCheck(command: Command): void {
  command
    .command('check')
    .description(
      'compare every file of the folder of a model with its checksum, predict its own sentences, and say what it is',
    )
    .argument('<folder>', folderArgument)
    .addOption(
      new Option('--backend <name>', 'what to compute with').choices(['auto', ...backendNames]).default('wasm'),
    )
    .action(async (folder: string, _: object, self: Command) => {
      const { backend, json } = self.optsWithGlobals<CheckOptions>()
      const compute = createProcessHost()
      try {
        const opened = await openModelFolder(folder)
        const tell = (line: string): void => void process.stderr.write(`${line}\n`)
        const checked = await checkModel(opened, openStandalone(opened, { compute, backend, threads: 1, tell }))
        const { run, labels, version, espalier, exportedMs, unseenWords } = opened.facts
        const facts = { runId: run.runId, name: run.name, version, espalier, exportedMs, unseenWords, labels }
        process.stdout.write(
          json
            ? `${JSON.stringify({ ...facts, checked }, null, 2)}\n`
            : `${describeModel(opened, checked.sentences)}\n`,
        )
      } finally {
        await compute.close()
      }
    })
}

function describeModel({ path: folder, facts, vectors, encoder }: ModelFolder, sentences: number): string {
  const { run, labels, unseenWords } = facts
  const { splitting, corpusName } = run.data
  const unseen: Readonly<Record<UnseenWords, string>> = {
    unknown: 'read as the unknown word',
    vectors: 'looked up in vectors.bin',
    english: 'looked up in the English vectors of Espalier',
    pieces: 'read as pieces',
  }
  return formatTable(
    ['', ''],
    [
      ['Model', `${run.name}, run ${run.runId}`],
      ['Variant', run.config.variant],
      ['Corpus', corpusName],
      ['Exported', `${formatMoment(facts.exportedMs)} by Espalier ${facts.espalier}, version ${facts.version}`],
      ['Entity types', labels.entityTypes.map(({ name }) => name).join(', ')],
      ['Relation types', countOf(labels.relationTypes.length, 'type')],
      ['Encoder', run.config.model.encoder.kind === 'bert' ? (encoder ? 'BERT, frozen' : 'BERT, trained') : 'BiLSTM'],
      ['Unseen words', unseen[unseenWords] + (vectors ? ` (${countOf(vectors.count, 'word')})` : '')],
      ['Text is split', splitting ? describeSplitting(splitting) : 'by the rules of its language'],
      ['Best F1 on dev', run.bestDev ? (100 * run.bestDev.f1).toFixed(1) : 'not known'],
      [
        'Check',
        `${folder} is whole and predicts its ${countOf(sentences, 'sentence')} as it did when it was exported.`,
      ],
    ],
  )
}
