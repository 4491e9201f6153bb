/** espalier problems: tells what imports of a corpus left out, repaired or noted. */
import { Option, type Command } from 'commander'
import { severities } from '#main/core/problem'
import type { ProblemFilter, ProblemPage } from '#main/document/import-problem'
import { formatTable } from '#main/text/aligned-table'
import { countOf } from '#main/text/numbers'
import { findCorpus } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly severity?: (typeof severities)[number]
  readonly file?: string
  readonly kind?: string
}

/** Number of problems that one call asks for. */
const pageLength = 1000

export function addProblems(program: Command): Command {
  return program
    .command('problems')
    .description('tell what imports of a corpus left out, repaired or noted')
    .argument('<corpus>', 'name of the corpus')
    .addOption(
      new Option('--severity <severity>', 'only what was left out, repaired or noted').choices([...severities]),
    )
    .option('--file <name>', 'only of this file')
    .option('--kind <kind>', 'only of this kind, as the table names it')
    .action((name: string, { severity, file, kind, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const { corpusId } = await findCorpus(client, name)
        const filter: ProblemFilter = { severity, file, kind }
        const first = await client.corpora.problems({ corpusId, filter, offset: 0, limit: pageLength })
        const rows = [...first.rows]
        while (rows.length < first.kept) {
          const page = await client.corpora.problems({ corpusId, filter, offset: rows.length, limit: pageLength })
          if (page.rows.length === 0) break
          rows.push(...page.rows)
        }
        print({ ...first, rows }, describe({ ...first, rows }))
      }),
    )
}

function describe({ total, kept, kinds, rows }: ProblemPage): string {
  if (total === 0) return 'No problems are kept.'
  const table = formatTable(
    ['severity', 'kind', 'count'],
    kinds.map(({ severity, label, count }) => [severity, label, count]),
  )
  const told = kept < total ? `${countOf(total, 'problem')}, ${kept} of them listed.` : `${countOf(total, 'problem')}.`
  const lines = rows.map(({ file, line, severity, message, sentence }) => {
    const place = sentence ? ` (${sentence.split} ${sentence.position})` : ''
    return `${file}${line === null ? '' : `, ${line}`}: ${severity}: ${message}${place}`
  })
  return [table, '', told, ...lines].join('\n')
}
