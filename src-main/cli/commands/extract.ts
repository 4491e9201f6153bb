/** espalier extract: extracts triples from texts, one JSON document per line. */
import type { Command } from 'commander'
import { AppError } from '#main/core/errors'
import type { ExtractionSummary } from '#main/document/extracted-document'
import { countOf } from '#main/text/numbers'
import { cancellable } from '../cancellable.ts'
import { findRun, runArgument } from '../find.ts'
import { addReadOptions, readChoiceOf, type ReadOptions } from '../read-options.ts'
import { readStandardInput, readText } from '../read-text.ts'
import { withSession, type GlobalOptions } from '../session.ts'
import { writeWhole } from '../write-whole.ts'

interface Options extends GlobalOptions, ReadOptions {
  readonly output?: string
}

const pageSize = 500

export function addExtract(program: Command): Command {
  const command = program
    .command('extract')
    .description(
      'extract triples with a trained run, as JSON lines with offsets and probabilities; status 1 when a document could not be read',
    )
    .argument('<run>', runArgument)
    .argument('[file...]', 'text files, or - for standard input', ['-'])
  return addReadOptions(command)
    .option('--output <file>', 'file to write to instead of standard output')
    .action((name: string, files: string[], options: Options) =>
      withSession(options, async (session) => {
        const { client, progress } = session
        const { runId } = await findRun(client, name)
        const inputs = await Promise.all(
          files.map((file) => (file === '-' ? readStandardInput(options.encoding) : readText(file, options.encoding))),
        )
        const summary = await cancellable(session, (taskId) =>
          client.extraction.start({ runId, files: inputs, taskId, ...readChoiceOf(options) }),
        )
        const { extractionId, documents } = summary
        const lines: string[] = []
        let noted = 0
        for (let offset = 0; offset < documents; offset += pageSize) {
          const page = await client.extraction.results({ extractionId, offset, limit: pageSize })
          lines.push(...page.documents.map((document) => `${JSON.stringify(document)}\n`))
          for (const { document, failure, notes = [] } of page.documents) {
            if (failure) progress.line(`${document}: ${failure}`)
            // the notes of the first document are printed; those of the others stand in their lines
            if (notes.length > 0 && noted++ === 0) for (const note of notes) progress.line(note)
          }
        }
        if (noted > 1) progress.line(`${noted} documents have such notes; each has its own under "notes".`)
        progress.clear()
        if (options.output === undefined) process.stdout.write(lines.join(''))
        else await writeWhole(options.output, lines.join(''))
        refuseIncomplete(summary)
        progress.line(`Extracted ${countOf(summary.triples, 'triple')} from ${countOf(documents, 'document')}.`)
      }),
    )
}

/** @throws AppError when the extraction was stopped, or a document of it could not be read. */
function refuseIncomplete({ status, documents, failures, triples }: ExtractionSummary): void {
  const done = `${countOf(triples, 'triple')} from ${countOf(documents - failures, 'document')}`
  if (status === 'cancelled')
    throw new AppError('cancelled', `The extraction was stopped: ${done} were extracted and written.`)
  if (failures > 0 && failures === documents)
    throw new AppError('invalid-input', 'No document could be read: the reasons stand above and under "failure".')
  if (failures > 0)
    throw new AppError(
      'invalid-input',
      `Extracted ${done}; ${countOf(failures, 'document')} could not be read: the reasons stand above and under "failure".`,
    )
}
