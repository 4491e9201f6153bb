/** espalier systems: the predictions of other systems that were scored, and how they are removed. */
import type { Command } from 'commander'
import type { SystemSummary } from '#main/api/predictions'
import { AppError } from '#main/core/errors'
import { formatTable } from '#main/text/aligned-table'
import { enumerate } from '#main/text/enumeration'
import { countOf } from '#main/text/numbers'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly remove?: string
}

export function addSystems(program: Command): Command {
  return program
    .command('systems')
    .description('list the predictions of other systems that were scored, or remove some')
    .option(
      '--remove <name>',
      'remove the predictions of this system, all of its seeds; their files stay where they are',
    )
    .action(({ remove, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const systems = await client.predictions.list()
        if (remove === undefined) return print(systems, describe(systems))
        const meant = systems.filter((system) => system.name === remove || system.systemId === remove)
        const known = enumerate([...new Set(systems.map((system) => `"${system.name}"`))])
        if (meant.length === 0)
          throw new AppError(
            'not-found',
            `There is no system "${remove}". ${known ? `There are: ${known}.` : 'None was scored yet.'}`,
          )
        for (const { systemId } of meant) await client.predictions.remove({ systemId })
        print(meant, `Removed ${countOf(meant.length, 'file')} of predictions of ${remove}.`)
      }),
    )
}

function describe(systems: readonly SystemSummary[]): string {
  if (systems.length === 0) return 'No predictions were scored yet: "evaluate --predictions FILE --corpus NAME" does.'
  const rows = systems.map(({ name, seed, corpusName, split, fileName, evaluation }) => [
    ...[name, seed, corpusName, split, fileName],
    ...[evaluation.triples.exact.f1, evaluation.triples.partial.f1].map((f1) => (100 * f1).toFixed(1)),
  ])
  const head = ['system', 'seed', 'corpus', 'split', 'file', 'exact F1', 'partial F1']
  return formatTable(head, rows, (column) => column === 1 || column > 4)
}
