/** espalier corpora: lists the corpora of the workspace. */
import type { Command } from 'commander'
import { splits } from '#main/document/doc'
import { withSession, type GlobalOptions } from '../session.ts'
import { formatTable } from '#main/text/aligned-table'

export function addCorpora(program: Command): Command {
  return program
    .command('corpora')
    .description('list the corpora')
    .action((options: GlobalOptions) =>
      withSession(options, async ({ client, print }) => {
        const corpora = await client.corpora.list()
        const rows = corpora.flatMap(({ name, splits: counts, relationTypes }) =>
          splits.map((split) => {
            const { sentences, reviewed, spans, triples } = counts[split]
            return [split === 'train' ? name : '', split, sentences, reviewed, spans, triples, relationTypes]
          }),
        )
        const head = ['corpus', 'split', 'sentences', 'reviewed', 'spans', 'triples', 'relation types']
        print(corpora, corpora.length === 0 ? 'There is no corpus yet. "import" makes one.' : formatTable(head, rows))
      }),
    )
}
