/** espalier open-package, return-package and merge-package: sentences that another workspace assigned come in, and go back. */
import path from 'node:path'
import type { Command } from 'commander'
import type { MergeReport } from '#main/document/merge-report'
import { countOf } from '#main/text/numbers'
import { findCorpus } from '../find.ts'
import { Misuse } from '../misuse.ts'
import { withSession, type GlobalOptions } from '../session.ts'

export function addOpenPackage(program: Command): Command {
  return program
    .command('open-package')
    .description('open a package that somebody assigned, as a corpus')
    .argument('<file>', 'the package')
    .option('--corpus <name>', 'name of the corpus (default: that of its corpus and its person)')
    .action((file: string, { corpus, ...options }: GlobalOptions & { readonly corpus?: string }) =>
      withSession(options, async ({ client, print, again }) => {
        const opened = await client.team.openPackage({ file: fileOf(file), ...(corpus !== undefined && { corpus }) })
        const { name, manifest } = opened
        print(
          opened,
          `${name}: ${countOf(manifest.sentences, 'sentence')} of ${manifest.corpus}, assigned to ${manifest.person}. Mark each as reviewed when it is done, then run: ${again(`return-package "${name}" --out FILE.zip`)}`,
        )
      }),
    )
}

export function addReturnPackage(program: Command): Command {
  return program
    .command('return-package')
    .description('write what was annotated in an opened package, to be merged where it came from')
    .argument('<corpus>', 'name of the corpus that was opened from a package')
    .requiredOption('--out <file>', 'the file to write; its name ends in .zip')
    .action((name: string, { out, ...options }: GlobalOptions & { readonly out: string }) =>
      withSession(options, async ({ client, print }) => {
        const { corpusId } = await findCorpus(client, name)
        const manifest = await client.team.writeReturn({ corpusId, path: path.resolve(out) })
        const { sentences, returned } = manifest
        print(manifest, `${returned?.reviewed ?? 0} of ${countOf(sentences, 'sentence')} reviewed. Written to ${out}.`)
      }),
    )
}

interface MergeOptions extends GlobalOptions {
  readonly preview?: boolean
  readonly withoutConflicts?: boolean
}

export function addMergePackage(program: Command): Command {
  return program
    .command('merge-package')
    .description('merge a returned package as the layer of its person')
    .argument('<corpus>', 'name of the corpus that it was assigned from')
    .argument('<file>', 'the returned package')
    .option('--preview', 'tell what would be merged, and merge nothing')
    .option('--without-conflicts', 'leave out sentences that cannot be merged; otherwise one of them stops all')
    .action((name: string, file: string, { preview, withoutConflicts, ...options }: MergeOptions) =>
      withSession(options, async ({ client, print }) => {
        if (preview && withoutConflicts) throw new Misuse('Give either --preview or --without-conflicts.')
        const { corpusId } = await findCorpus(client, name)
        const how = preview ? 'preview' : withoutConflicts ? 'without-conflicts' : 'whole'
        const report = await client.team.merge({ corpusId, file: fileOf(file), how })
        print(report, describe(report))
      }),
    )
}

const fileOf = (file: string): { path: string; name: string } => ({ path: path.resolve(file), name: file })

function describe(report: MergeReport): string {
  const { manifest, added, updated, same, open, begun, conflicts, conflicting, isMerged } = report
  const done = `${manifest.person}: ${countOf(added, 'sentence')} added, ${updated} changed, ${same} as before`
  const left = open === 0 ? '' : `, ${open} not reviewed yet${begun > 0 ? ` (${begun} of them begun)` : ''}`
  const outcome = isMerged ? `${done}${left}.` : `${done}${left}. Nothing was merged: this was a preview.`
  if (conflicting === 0) return outcome
  const further = conflicting - conflicts.length
  return [
    outcome,
    `${countOf(conflicting, 'sentence')} cannot be merged:`,
    ...conflicts.map((conflict) => `  ${conflict}`),
    ...(further > 0 ? [`  ... and ${further} more`] : []),
  ].join('\n')
}
