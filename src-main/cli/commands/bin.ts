/** espalier bin: what was removed, and erasing it for good. */
import type { Command } from 'commander'
import type { BinItem } from '#main/api/bin'
import { purgeFacts } from '#main/document/purge-facts'
import { countOf } from '#main/text/numbers'
import { erasureFacts } from '#main/document/removal'
import { formatTable } from '#main/text/aligned-table'
import { confirm } from '../confirm.ts'
import { findBinItem } from '../find.ts'
import { withSession, type GlobalOptions, type Session } from '../session.ts'

interface Options extends GlobalOptions {
  readonly erase?: string
  readonly purge?: true
  readonly yes?: true
}

export function addBin(program: Command): Command {
  return program
    .command('bin')
    .description('list what was removed and can still be restored, or erase an entry for good')
    .option('--erase <id>', 'erase this entry now: nothing brings it back')
    .option('--purge', 'erase the whole bin and the kept backups, and write the database anew without what was deleted')
    .option('--yes', 'do not ask')
    .action(({ erase, purge, yes, ...options }: Options) =>
      withSession(options, async (session) => {
        if (erase !== undefined) return eraseItem(session, erase, yes ?? false)
        if (purge) return purgeAll(session, yes ?? false)
        const items = await session.client.bin.list()
        session.print(items, items.length === 0 ? 'The bin is empty.' : describe(items))
      }),
    )
}

async function eraseItem({ client, print }: Session, id: string, isAgreed: boolean): Promise<void> {
  const item = await findBinItem(client, id)
  await confirm(erasureFacts(item, item.sizeMb), `Erase ${item.name} for good?`, isAgreed)
  await client.bin.erase({ binId: item.binId })
  print(item, `Erased ${item.name}.`)
}

async function purgeAll({ client, print }: Session, isAgreed: boolean): Promise<void> {
  const [items, backups] = await Promise.all([client.bin.list(), client.workspaces.backups()])
  await confirm(purgeFacts(items.length, backups.length), 'Purge for good?', isAgreed)
  const report = await client.bin.purge()
  print(
    report,
    `Purged ${countOf(report.entries, 'entry', 'entries')} of the bin and ${countOf(report.backups, 'backup')}.`,
  )
}

function describe(items: readonly BinItem[]): string {
  const day = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10)
  const rows = items.map(({ binId, kind, name, corpusName, removedMs, erasedMs, content, runs, sizeMb }) => [
    ...[binId, kind, name, kind === 'run' ? corpusName : ''],
    ...[content?.sentences ?? null, content?.reviewed ?? null, runs.length, sizeMb, day(removedMs), day(erasedMs)],
  ])
  const head = ['id', 'kind', 'name', 'corpus', 'sentences', 'reviewed', 'runs', 'MB', 'removed', 'erased on']
  return `${formatTable(head, rows)}\n\n"restore ID" brings an entry back.`
}
