/** espalier extract: extracts triples from texts, one JSON document per line. */
import path from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { extractionFormats } from '#main/api/extraction'
import { splits, type Split } from '#main/document/doc'
import { refuseMissing } from '#main/files/expand'
import { pairRules } from '#main/labels/plausibility'
import { isModelFolder } from '#main/model-folder/model-folder'
import { backendNames } from '#main/runs/backend-name'
import { settingNamed } from '#main/runs/setting-values'
import { findCorpus, findRun, runArgument } from '../find.ts'
import { followExtraction } from '../follow-extraction.ts'
import { isPiped, withStreamedFiles } from '../import-files.ts'
import { extractWithFolder, type FolderOptions } from '../extract-folder.ts'
import { refuseFolderOptions, refuseWorkspaceOptions, shardOption, whyNoModel } from '../extract-options.ts'
import { Misuse } from '../misuse.ts'
import { addReadOptions, readChoiceOf } from '../read-options.ts'
import { withSession, type GlobalOptions } from '../session.ts'
import { settingOption } from '../setting-options.ts'

interface Options extends GlobalOptions, FolderOptions {
  readonly corpus?: string
  readonly split?: Split
}

export function addExtract(program: Command): Command {
  const command = program
    .command('extract')
    .description(
      'extract triples with a trained run, as JSON lines with offsets and probabilities; status 1 when a document could not be read',
    )
    .argument('<run>', `${runArgument}; or the folder of a model, which needs no workspace`)
    .argument('[file...]', 'files, folders, patterns or archives; - for standard input (the default)')
  return addReadOptions(command)
    .option('--corpus <name>', 'extract from a corpus in place of files')
    .addOption(new Option('--split <split>', 'with --corpus: this split alone').choices(splits))
    .option('--output <file>', 'file to write to instead of standard output')
    .addOption(
      new Option('--output-format <format>', 'with --output: csv has one row per triple')
        .choices(extractionFormats)
        .default('jsonl'),
    )
    .option(
      '--precision <share>',
      'choose the thresholds for this precision on dev, such as 0.95, in place of those of the run',
      toShare,
    )
    .addOption(
      new Option(
        '--pairs <rule>',
        'triples to keep by the types of their ends: any, those that the label set does not forbid, or those that it allows or training has seen',
      ).choices(pairRules),
    )
    .option('--replace', 'take the place of a file that is there')
    .addOption(shardOption())
    .option('--allow-failed', 'with a folder: status 0 although documents could not be read')
    .addOption(settingOption(command, settingNamed('threads')).helpGroup('Options:'))
    .addOption(
      new Option('--backend <name>', 'with a folder: what to compute with (default: wasm)').choices([
        'auto',
        ...backendNames,
      ]),
    )
    .action(async (name: string, files: string[], options: Options) => {
      if (await isModelFolder(name)) {
        refuseWorkspaceOptions(name, options)
        return extractWithFolder(name, files, options)
      }
      refuseFolderOptions(name, options)
      return withSession(options, async (session) => {
        const { client } = session
        const { runId } = await findRun(client, name).catch((error: unknown) => Promise.reject(whyNoModel(name, error)))
        const { corpus: corpusName, output, outputFormat: format, replace = false, shard } = options
        const common = {
          ...{ runId, ...readChoiceOf(options), ...(shard && { shard }) },
          ...(options.precision === undefined ? {} : { precision: options.precision }),
          ...(options.pairs === undefined ? {} : { pairRule: options.pairs }),
          ...(output === undefined ? {} : { output: { path: path.resolve(output), format, replace } }),
        }
        if (corpusName !== undefined) {
          if (files.length > 0) throw new Misuse('Name files or --corpus, not both.')
          const { corpusId } = await findCorpus(client, corpusName)
          const corpus = { corpusId, split: options.split ?? null }
          return followExtraction(session, await client.extraction.start({ ...common, files: [], corpus }), true)
        }
        const named = files.length === 0 ? ['-'] : files
        await refuseMissing(named.filter((file) => !isPiped(file)))
        return withStreamedFiles(named, async (found) =>
          followExtraction(
            session,
            await client.extraction.start({ ...common, files: [...found] }),
            !named.some(isPiped),
          ),
        )
      })
    })
}

/** @throws InvalidArgumentError naming what was expected. */
function toShare(text: string): number {
  const share = Number(text)
  if (text.trim() === '' || !(share > 0 && share < 1))
    throw new InvalidArgumentError(`Found "${text}"; a share between 0 and 1 is expected, such as 0.95.`)
  return share
}
