/** espalier import: files into a corpus, all or nothing; --dry-run says what would happen and ends as the import would. */
import { Argument, Option, type Command } from 'commander'
import type { ImportReport } from '#main/api/imports'
import type { CallInputs } from '#main/api/handlers'
import { AppError } from '#main/core/errors'
import { splits, type Split } from '#main/document/doc'
import { cancellable } from '../cancellable.ts'
import { describeImport, describeLeftOut } from '../describe-import.ts'
import { withImportFiles } from '../import-files.ts'
import { addReadOptions, readChoiceOf, type ReadOptions } from '../read-options.ts'
import { importLayer } from './import-layer.ts'
import { withSession, type GlobalOptions, type Session } from '../session.ts'

interface Options extends GlobalOptions, ReadOptions {
  readonly corpus: string
  readonly split?: Split
  readonly strict?: boolean
  readonly dryRun?: boolean
  readonly layer?: string
  readonly addTypes?: boolean
}

export function addImport(program: Command): Command {
  const command = program
    .command('import')
    .description('import files into a corpus; status 1 when a record had to be left out')
    .addArgument(new Argument('<file...>', 'files, folders, patterns or archives; - for standard input'))
    .requiredOption('--corpus <name>', 'corpus to import into; it is made when there is none')
    .addOption(
      new Option(
        '--split <split>',
        'where sentences go that name no split themselves (default: what the name of their file mentions, else train)',
      ).choices(splits),
    )
  return addReadOptions(command)
    .option('--strict', 'import nothing when a record cannot be taken')
    .option('--dry-run', 'read and report, publish nothing')
    .option('--layer <system>', 'take the file as what this system suggests for the sentences that the corpus has')
    .addOption(
      new Option('--add-types', 'with --layer: add types that the label set lacks, instead of leaving them out'),
    )
    .action((files: string[], options: Options) =>
      withSession(options, (session) => {
        const { layer } = options
        if (layer !== undefined) return importLayer(session, files, { ...options, layer })
        return withImportFiles(files, options.split, async (found) => {
          const report = await importFiles(session, found, options)
          const { preview: _, ...rest } = report
          for (const { file, line, message, severity } of report.problems)
            session.progress.line(`${severity}: ${file}${line === null ? '' : `, ${line}`}: ${message}`)
          session.print(rest, describeImport(report, { corpus: options.corpus, isDryRun: options.dryRun ?? false }))
          if (report.refusal !== null) throw new AppError('invalid-input', report.refusal)
          if (report.rejected > 0) throw new AppError('invalid-input', describeLeftOut(report.rejected))
        })
      }),
    )
}

async function importFiles(
  session: Session,
  files: CallInputs['corpora']['import']['files'],
  options: Options,
): Promise<ImportReport> {
  const { corpora } = session.client
  return cancellable(session, async (taskId) => {
    const request = {
      ...{ corpus: options.corpus, split: options.split ?? 'train', files, taskId },
      ...{ isStrict: options.strict ?? false, ...readChoiceOf(options) },
    }
    if (!options.dryRun) return corpora.import(request)
    const report = await corpora.previewImport(request)
    if (report.importId !== null) await corpora.discardImport({ importId: report.importId })
    return report
  })
}
