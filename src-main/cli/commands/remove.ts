/** espalier remove: a corpus or run into the bin. */
import { Argument, type Command } from 'commander'
import { removalFacts, wayBack } from '#main/document/removal'
import { confirm } from '../confirm.ts'
import { findCorpus, findRun } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly keepRuns?: true
  readonly cancelRuns?: true
  readonly yes?: true
}

export function addRemove(program: Command): Command {
  return program
    .command('remove')
    .description('move a corpus or a run to the bin; "restore" brings it back for 30 days')
    .addArgument(new Argument('<kind>', 'what it is').choices(['corpus', 'run']))
    .argument('<name>', 'name of the corpus; id, its beginning, or name of the run')
    .option('--keep-runs', 'leave the runs that learnt from the corpus: they can still extract')
    .option('--cancel-runs', 'cancel runs that are queued or running, which refuse to go otherwise')
    .option('--yes', 'do not ask')
    .action(
      (kind: 'corpus' | 'run', name: string, { keepRuns, cancelRuns, yes, ...options }: Options, command: Command) => {
        if (kind === 'run' && keepRuns) command.error('error: --keep-runs belongs to "remove corpus".')
        return withSession(options, async ({ client, print, again }) => {
          const choice = { keepRuns: keepRuns ?? false, cancelRuns: cancelRuns ?? false }
          const { removal, remove } = kind === 'corpus' ? await ofCorpus() : await ofRun()
          await confirm(
            [...removalFacts(removal, choice.keepRuns), wayBack],
            `Move ${removal.name} to the bin?`,
            yes ?? false,
          )
          const entry = await remove()
          print(entry, `Moved ${removal.name} to the bin. Bring it back with: ${again(`restore ${entry.binId}`)}`)

          async function ofCorpus() {
            const { corpusId } = await findCorpus(client, name)
            const told = await client.corpora.removal({ corpusId })
            return { removal: told, remove: () => client.corpora.remove({ corpusId, ...choice }) }
          }
          async function ofRun() {
            const { runId } = await findRun(client, name)
            const told = await client.runs.removal({ runId })
            return { removal: told, remove: () => client.runs.remove({ runId, cancelRuns: choice.cancelRuns }) }
          }
        })
      },
    )
}
