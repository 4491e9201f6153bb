/** espalier export: writes a corpus to a file or folder, and says what its format cannot hold. */
import path from 'node:path'
import { Option, type Command } from 'commander'
import { splits, type Split } from '#main/document/doc'
import { cancellable } from '../cancellable.ts'
import { findCorpus } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly format: string
  readonly output: string
  readonly split?: Split
  readonly replace?: boolean
}

export function addExport(program: Command): Command {
  return program
    .command('export')
    .description('write a corpus to a file or folder')
    .argument('<corpus>', 'name of the corpus')
    .requiredOption('--format <format>', 'jsonl keeps everything; docs/formats.md says what the others keep')
    .requiredOption('--output <path>', 'file to write, or folder for a format of several files')
    .addOption(new Option('--split <split>', 'this split alone').choices(splits))
    .option('--replace', 'take the place of a file or folder that is there')
    .action((name: string, { format, output, split, replace, ...options }: Options) =>
      withSession(options, async (session) => {
        const { client } = session
        const { corpusId } = await findCorpus(client, name)
        const choice = { corpusId, format, split: split ?? null, path: path.resolve(output), replace: replace ?? false }
        const { losses } = await cancellable(session, (taskId) => client.corpora.export({ ...choice, taskId }))
        const report = [`Wrote ${output}.`, ...losses.map((loss) => `Not in the file: ${loss}.`)]
        session.report(output, { output, losses }, report.join('\n'))
      }),
    )
}
