/** espalier import: files into a corpus, all or nothing; --dry-run says what would happen and ends as the import would. */
import { Argument, Option, type Command } from 'commander'
import { AppError } from '#main/core/errors'
import { splits, type Split } from '#main/document/doc'
import { cancellable } from '../cancellable.ts'
import { describeImport } from '../describe-import.ts'
import { addReadOptions, readChoiceOf, type ReadOptions } from '../read-options.ts'
import { annotationsBeside, readText } from '../read-text.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions, ReadOptions {
  readonly corpus: string
  readonly split: Split
  readonly strict?: boolean
  readonly dryRun?: boolean
}

export function addImport(program: Command): Command {
  const command = program
    .command('import')
    .description('import files into a corpus; status 1 when a record had to be left out')
    .addArgument(new Argument('<file...>', 'triple JSON, JSON lines or plain text'))
    .requiredOption('--corpus <name>', 'corpus to import into; it is made when there is none')
    .addOption(
      new Option('--split <split>', 'where sentences go whose file names no split')
        .choices(splits)
        .makeOptionMandatory(),
    )
  return addReadOptions(command)
    .option('--strict', 'import nothing when a record cannot be taken')
    .option('--dry-run', 'read and report, write nothing')
    .action((files: string[], options: Options) =>
      withSession(options, async (session) => {
        const { client, progress, print } = session
        const request = {
          corpus: options.corpus,
          split: options.split,
          files: await Promise.all(files.map((file) => readImportFile(file, options))),
          isStrict: options.strict ?? false,
          ...readChoiceOf(options),
        }
        const report = options.dryRun
          ? await client.corpora.previewImport(request)
          : await cancellable(session, (taskId) => client.corpora.import({ ...request, taskId }))
        for (const { file, line, message, severity } of report.problems)
          progress.line(`${severity}: ${file}${line === null ? '' : `, ${line}`}: ${message}`)
        const { preview: _, ...rest } = report
        print(rest, describeImport(report, { ...options, isDryRun: options.dryRun ?? false }))
        if (report.refusal !== null) throw new AppError('invalid-input', report.refusal)
        if (report.rejected > 0) throw new AppError('invalid-input', describeLeftOut(report.rejected))
      }),
    )
}

async function readImportFile(file: string, { encoding }: Options) {
  return { ...(await readText(file, encoding)), beside: await annotationsBeside(file) }
}

function describeLeftOut(rejected: number): string {
  const records = rejected === 1 ? '1 record was' : `${rejected} records were`
  return `${records} left out and named above. With --strict nothing is imported in such a case.`
}
