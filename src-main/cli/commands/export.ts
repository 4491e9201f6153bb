/** espalier export: writes a corpus to a file, and says what its format cannot hold. */
import { Option, type Command } from 'commander'
import { splits, type Split } from '#main/document/doc'
import { findCorpus } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'
import { writeWhole } from '../write-whole.ts'

interface Options extends GlobalOptions {
  readonly format: string
  readonly output: string
  readonly split?: Split
}

export function addExport(program: Command): Command {
  return program
    .command('export')
    .description('write a corpus to a file')
    .argument('<corpus>', 'name of the corpus')
    .requiredOption('--format <format>', 'jsonl keeps everything; casrel-json keeps text and triples')
    .requiredOption('--output <file>', 'where to write')
    .addOption(new Option('--split <split>', 'this split alone').choices(splits))
    .action((name: string, { format, output, split, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const { corpusId } = await findCorpus(client, name)
        const { text, losses } = await client.corpora.export({ corpusId, format, split: split ?? null })
        await writeWhole(output, text)
        const report = [`Wrote ${output}.`, ...losses.map((loss) => `Not in the file: ${loss}.`)]
        print({ output, losses }, report.join('\n'))
      }),
    )
}
