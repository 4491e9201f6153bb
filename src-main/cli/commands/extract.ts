/** espalier extract: extracts triples from texts, one JSON document per line. */
import { text as readStream } from 'node:stream/consumers'
import type { Command } from 'commander'
import { findRun, runArgument } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'
import { writeWhole } from '../write-whole.ts'
import { readText } from './import.ts'

interface Options extends GlobalOptions {
  readonly output?: string
}

const pageSize = 500

export function addExtract(program: Command): Command {
  return program
    .command('extract')
    .description('extract triples with a trained run, as JSON lines with offsets and probabilities')
    .argument('<run>', runArgument)
    .argument('[file...]', 'text files, or - for standard input', ['-'])
    .option('--output <file>', 'file to write to instead of standard output')
    .action((name: string, files: string[], options: Options) =>
      withSession(options, async ({ client, progress, interrupted }) => {
        const { runId } = await findRun(client, name)
        const inputs = await Promise.all(files.map(readInput))
        const request = { runId, files: inputs, taskId: 'extract' }
        const { extractionId, documents, triples, failures, status } = await client.extraction.start(request, {
          signal: interrupted,
        })
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
        progress.line(`${status}: ${triples} triples from ${documents} documents, ${failures} could not be read.`)
      }),
    )
}

async function readInput(file: string): Promise<{ name: string; text: string }> {
  return file === '-' ? { name: 'stdin.txt', text: await readStream(process.stdin) } : readText(file)
}
