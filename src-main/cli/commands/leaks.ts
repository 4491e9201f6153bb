/** espalier leaks: tells what stands twice in a corpus, and what of dev and test a model can know from training. */
import type { Command } from 'commander'
import type { LeakReport } from '#main/document/leak-report'
import { formatTable } from '#main/text/aligned-table'
import { countOf } from '#main/text/numbers'
import { findCorpus } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'

export function addLeaks(program: Command): Command {
  return program
    .command('leaks')
    .description('tell what of dev and test stands in train, and what stands twice')
    .argument('<corpus>', 'name of the corpus')
    .action((name: string, options: GlobalOptions) =>
      withSession(options, async ({ client, print }) => {
        const { corpusId } = await findCorpus(client, name)
        const report = await client.corpora.leaks({ corpusId })
        print(report, describe(report))
      }),
    )
}

function describe({ repeats, triples, documents, examples }: LeakReport): string {
  const table = formatTable(
    ['sentences of', 'that stand', 'exactly', 'normalised'],
    repeats.map(({ split, other, exact, normalised }) => [
      ...[split, split === other ? 'earlier in it' : `in ${other}`],
      ...[exact, normalised],
    ]),
  )
  const known = triples.map(({ split, triples: all, inTrain }) =>
    all === 0
      ? `Triples of ${split}: none.`
      : `Triples of ${split} that stand in train: ${inTrain} of ${all} (${((100 * inTrain) / all).toFixed(1)} %).`,
  )
  const shown = examples.slice(0, 10).map(({ split, position, text, other, isExact }) => {
    const how = isExact ? 'is' : 'is but for case, spaces, punctuation or Unicode form'
    return `  ${split} ${position} ${how} ${other.split} ${other.position}: ${text}`
  })
  const docs = `${countOf(documents, 'document')} with the name of one in another split.`
  return [table, '', ...known, docs, ...(shown.length > 0 ? ['', ...shown] : [])].join('\n')
}
