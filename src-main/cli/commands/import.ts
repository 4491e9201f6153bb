/** espalier import: files into a corpus, all or nothing; --dry-run only says what would happen. */
import path from 'node:path'
import { Argument, Option, type Command } from 'commander'
import { AppError } from '#main/core/errors'
import { readNamed } from '#main/files/regular'
import type { ImportReport } from '#main/api/corpora'
import { splits, type Split } from '#main/document/doc'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly corpus: string
  readonly split: Split
  readonly format?: string
  readonly dryRun?: boolean
}

export function addImport(program: Command): Command {
  return program
    .command('import')
    .description('import files into a corpus')
    .addArgument(new Argument('<file...>', 'triple JSON, JSON lines or plain text'))
    .requiredOption('--corpus <name>', 'corpus to import into; it is made when there is none')
    .addOption(new Option('--split <split>', 'where the sentences go').choices(splits).makeOptionMandatory())
    .option('--format <format>', 'format of the files (default: recognised from name and content)')
    .option('--dry-run', 'read and report, write nothing')
    .action((files: string[], options: Options) =>
      withSession(options, async ({ client, progress, print, interrupted }) => {
        const request = {
          corpus: options.corpus,
          split: options.split,
          files: await Promise.all(files.map(readText)),
          ...(options.format === undefined ? {} : { format: options.format }),
        }
        const report = options.dryRun
          ? await client.corpora.previewImport(request)
          : await client.corpora.import({ ...request, taskId: 'import' }, { signal: interrupted })
        for (const { file, line, message, severity } of report.problems)
          progress.line(`${severity}: ${file}${line === null ? '' : `, ${line}`}: ${message}`)
        const { preview: _, ...rest } = report
        print(rest, describe(report, options))
      }),
    )
}

/** A text file, byte for byte: a mark at its beginning stays. */
export async function readText(file: string): Promise<{ name: string; text: string }> {
  const bytes = await readNamed(file, 'a text file').catch((error: NodeJS.ErrnoException) => {
    if (error instanceof AppError) throw error
    const reason = error.code === 'ENOENT' ? 'it does not exist' : error.message
    throw new AppError('not-found', `${file} cannot be read: ${reason}. Check the path.`)
  })
  try {
    return { name: path.basename(file), text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    throw new AppError('invalid-input', `${file} is not UTF-8 text. Save it as UTF-8 and give it again.`)
  }
}

function describe(report: ImportReport, { corpus, split, dryRun }: Options): string {
  const { sentences, triples, spans, relationTypes, accepted, repaired, rejected, ambiguousAnchors, unanchored } =
    report
  return [
    `${dryRun ? 'Would import' : 'Imported'} ${sentences} sentences into ${split} of "${corpus}" (${report.format}).`,
    `${triples} unique triples of ${relationTypes} relation types, ${spans} spans.`,
    `Records: ${accepted} accepted, ${repaired} repaired, ${rejected} rejected.`,
    `Anchors: ${ambiguousAnchors} ambiguous, ${unanchored} triples whose strings do not stand in their sentence.`,
    ...report.lostOnExport.map((loss) => `Writing this format again would lose: ${loss}.`),
  ].join('\n')
}
