/** espalier extract: extracts triples from texts, one JSON document per line. */
import path from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { extractionFormats, type ExtractionFormat } from '#main/api/extraction'
import { AppError } from '#main/core/errors'
import { splits, type Split } from '#main/document/doc'
import { refuseMissing } from '#main/files/expand'
import { pairRules, type PairRule } from '#main/labels/plausibility'
import { findCorpus, findRun, runArgument } from '../find.ts'
import { followExtraction } from '../follow-extraction.ts'
import { isPiped, withStreamedFiles } from '../import-files.ts'
import { addReadOptions, readChoiceOf, type ReadOptions } from '../read-options.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions, ReadOptions {
  readonly corpus?: string
  readonly split?: Split
  readonly output?: string
  readonly outputFormat: ExtractionFormat
  readonly replace?: boolean
  readonly precision?: number
  readonly pairs?: PairRule
}

export function addExtract(program: Command): Command {
  const command = program
    .command('extract')
    .description(
      'extract triples with a trained run, as JSON lines with offsets and probabilities; status 1 when a document could not be read',
    )
    .argument('<run>', runArgument)
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
    .action((name: string, files: string[], options: Options) =>
      withSession(options, async (session) => {
        const { client } = session
        const { runId } = await findRun(client, name)
        const { corpus: corpusName, output, outputFormat: format, replace = false } = options
        const common = {
          ...{ runId, ...readChoiceOf(options) },
          ...(options.precision === undefined ? {} : { precision: options.precision }),
          ...(options.pairs === undefined ? {} : { pairRule: options.pairs }),
          ...(output === undefined ? {} : { output: { path: path.resolve(output), format, replace } }),
        }
        if (corpusName !== undefined) {
          if (files.length > 0) throw new AppError('invalid-input', 'Name files or --corpus, not both.')
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
      }),
    )
}

/** @throws InvalidArgumentError naming what was expected. */
function toShare(text: string): number {
  const share = Number(text)
  if (text.trim() === '' || !(share > 0 && share < 1))
    throw new InvalidArgumentError(`Found "${text}"; a share between 0 and 1 is expected, such as 0.95.`)
  return share
}
