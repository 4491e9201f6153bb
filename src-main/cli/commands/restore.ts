/** espalier restore: a corpus or run back from the bin. */
import { Option, type Command } from 'commander'
import type { Restored } from '#main/document/bin-entry'
import { AppError } from '#main/core/errors'
import { findBinItem } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly name?: string
  readonly withCorpus?: true
  readonly alone?: true
}

export function addRestore(program: Command): Command {
  return program
    .command('restore')
    .description('bring a corpus with its runs, or a run, back from the bin')
    .argument('<id>', 'number of the entry; "bin" lists them')
    .option('--name <name>', 'name for the corpus; else its own, or a free one like it')
    .addOption(new Option('--with-corpus', 'of a run whose corpus is in the bin too: restore both').conflicts('alone'))
    .option('--alone', 'of such a run: restore it without its corpus; it can then only extract')
    .action((id: string, { name, withCorpus, alone, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const entry = await findBinItem(client, id)
        if (entry.corpusBinId !== null && !withCorpus && !alone)
          throw new AppError(
            'conflict',
            `${entry.name} learnt from "${entry.corpusName}", which is in the bin too. Add --with-corpus to restore both, or --alone for the run, which can then only extract.`,
          )
        const corpus = withCorpus ? 'both' : alone ? 'alone' : 'refuse'
        const restored = await client.bin.restore({ binId: entry.binId, name: name ?? null, corpus })
        print(restored, describe(restored, name !== undefined))
      }),
    )
}

function describe({ names, renamed }: Restored, isNamed: boolean): string {
  const told = `Restored ${names.join(', ')}.`
  return renamed && !isNamed
    ? `${told} There is another corpus "${renamed.from}" now, so this one is called "${renamed.to}".`
    : told
}
