/** espalier runs: lists the runs, renames one, tags it, keeps a note on it, counts the corrections since, or prints its history. */
import type { Command } from 'commander'
import { historyLines } from '#main/comparison/run-history'
import { AppError } from '#main/core/errors'
import { describeCorrections } from '#main/runs/corrections'
import { parseTags, tagsOf } from '#main/runs/tags'
import { findRun, runArgument } from '../find.ts'
import { formatRuns } from '../follow-runs.ts'
import { withSession, type GlobalOptions } from '../session.ts'

export function addRuns(program: Command): Command {
  const runs = program
    .command('runs')
    .description(
      'list the runs, latest first; rename one, tag it, write a note on it, count the corrections since, or print its history',
    )
    .option('--tag <tag>', 'only runs with this tag')
    .action(({ tag, ...options }: GlobalOptions & { readonly tag?: string }) =>
      withSession(options, async ({ client, print }) => {
        const all = await client.runs.list()
        const listed = tag === undefined ? all : all.filter(({ tags = [] }) => tags.includes(tag))
        if (tag !== undefined && listed.length === 0) {
          const known = tagsOf(all)
          throw new AppError(
            'not-found',
            `No run has the tag "${tag}".${known.length > 0 ? ` There are: ${known.join(', ')}.` : ' "runs tag RUN TAGS" gives a run some.'}`,
          )
        }
        print(listed, listed.length === 0 ? 'There is no run yet. "train" makes one.' : formatRuns(listed))
      }),
    )
  runs
    .command('rename')
    .description('give a run another name')
    .argument('<run>', runArgument)
    .argument('<name>', 'its new name')
    .exitOverride()
    .action((run: string, name: string, _: object, command: Command) =>
      withSession(command.optsWithGlobals<GlobalOptions>(), async ({ client, print }) => {
        const { runId, name: before } = await findRun(client, run)
        const renamed = await client.runs.rename({ runId, name })
        print(renamed, `${before} is called ${renamed.name} now.`)
      }),
    )
  runs
    .command('note')
    .description('write a note on a run, in place of the one that is there; without a text, print it')
    .argument('<run>', runArgument)
    .argument('[text]', 'the note; "" takes it away')
    .exitOverride()
    .action((run: string, text: string | undefined, _: object, command: Command) =>
      withSession(command.optsWithGlobals<GlobalOptions>(), async ({ client, print }) => {
        const found = await findRun(client, run)
        if (text === undefined) return print({ note: found.note }, found.note)
        const { note } = await client.runs.setNote({ runId: found.runId, note: text })
        print({ note }, note === '' ? `${found.name} has no note now.` : `The note of ${found.name} is kept.`)
      }),
    )
  runs
    .command('tag')
    .description('give a run tags, in place of those that it has; without any, print them')
    .argument('<run>', runArgument)
    .argument('[tags]', 'tags set apart by commas; "" takes all away')
    .exitOverride()
    .action((run: string, text: string | undefined, _: object, command: Command) =>
      withSession(command.optsWithGlobals<GlobalOptions>(), async ({ client, print }) => {
        const found = await findRun(client, run)
        if (text === undefined) return print({ tags: found.tags ?? [] }, (found.tags ?? []).join(', '))
        const { tags = [] } = await client.runs.setTags({ runId: found.runId, tags: parseTags(text) })
        print(
          { tags },
          tags.length === 0 ? `${found.name} has no tag now.` : `${found.name} has the tags ${tags.join(', ')}.`,
        )
      }),
    )
  runs
    .command('corrections')
    .description('count the sentences that were changed since a run was made')
    .argument('<run>', runArgument)
    .exitOverride()
    .action((run: string, _: object, command: Command) =>
      withSession(command.optsWithGlobals<GlobalOptions>(), async ({ client, print }) => {
        const { runId, name } = await findRun(client, run)
        const corrections = await client.runs.corrections({ runId })
        print(corrections, `${describeCorrections(corrections)} since ${name} was made.`)
      }),
    )
  runs
    .command('history')
    .description('print a run as JSON lines: its settings, a line for each epoch, how it ended')
    .argument('<run>', runArgument)
    .exitOverride()
    .action((name: string, _: object, command: Command) =>
      withSession(command.optsWithGlobals<GlobalOptions>(), async ({ client, print }) => {
        const { run, points } = await client.runs.get({ runId: (await findRun(client, name)).runId })
        print({ run, points }, historyLines(run, points).trimEnd())
      }),
    )
  return runs
}
