/** espalier assign: writes packages of sentences for people, or lists those that were written. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import type { Client } from '#main/api/router'
import type { ShownAssignment } from '#main/api/team'
import type { PackageManifest } from '#main/document/assignment'
import { splits, type Split } from '#main/document/doc'
import { formatTable } from '#main/text/aligned-table'
import { formatMoment } from '#main/text/moment'
import { countOf } from '#main/text/numbers'
import { findCorpus } from '../find.ts'
import { Misuse } from '../misuse.ts'
import { readSeed } from '../read-seed.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly to?: readonly string[]
  readonly out?: string
  readonly sentences?: readonly number[]
  readonly split?: Split
  readonly status?: 'new' | 'reviewed' | 'flagged'
  readonly search?: string
  readonly overlap: number
  readonly seed: number
  readonly withGold?: boolean
}

export function addAssign(program: Command): Command {
  return program
    .command('assign')
    .description('write packages of sentences for people to annotate, or list those that were written')
    .argument('<corpus>', 'name of the corpus')
    .option('--to <names...>', 'people who get sentences; without it, the packages of the corpus are listed')
    .option('--out <file>', 'the package, a name that ends in .zip; for several people a folder')
    .option('--sentences <ids>', 'these sentences, with commas between (default: all)', readIds)
    .addOption(new Option('--split <split>', 'sentences of this split alone').choices(splits))
    .addOption(
      new Option('--status <status>', 'sentences of this status alone').choices(['new', 'reviewed', 'flagged']),
    )
    .option('--search <text>', 'sentences with these words alone')
    .option('--overlap <share>', 'share that everyone gets, 0 to 1; the rest goes to one person each', readShare, 1)
    .option('--seed <number>', 'the same seed draws the same share', readSeed, 1)
    .option('--with-gold', 'let them see what the corpus says; without it they begin with bare sentences')
    .action((name: string, { to, out, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const { corpusId } = await findCorpus(client, name)
        if (!to) {
          if (out !== undefined) throw new Misuse('Name the people with --to.')
          const list = await client.team.assignments({ corpusId })
          return print(list, describeAll(list))
        }
        if (out === undefined) throw new Misuse('Name the file to write with --out, or a folder for several people.')
        const made = await client.team.assign({ corpusId, people: to, ...choiceOf(options) })
        const written = await writeAll(client, made, out)
        print(written, written.map(describe).join('\n'))
      }),
    )
}

type Choice = Pick<Parameters<Client['team']['assign']>[0], 'selection' | 'overlap' | 'seed' | 'withGold'>

function choiceOf({ sentences, split, status, search, overlap, seed, withGold = false }: Options): Choice {
  const filter = { ...(split && { splits: [split] }), ...(status && { status }), ...(search && { search }) }
  if (sentences && Object.keys(filter).length > 0)
    throw new Misuse('Give either --sentences, or --split, --status and --search.')
  return { selection: sentences ? { sentenceIds: sentences } : { filter }, overlap, seed, withGold }
}

type Written = PackageManifest & { readonly file: string }

/** Writes all packages; where one cannot be written, those that were not are forgotten. */
async function writeAll(client: Client, made: readonly PackageManifest[], out: string): Promise<Written[]> {
  const written: Written[] = []
  try {
    if (made.length > 1) await mkdir(out, { recursive: true })
    for (const manifest of made) {
      const name = `${manifest.person.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.zip`
      const file = path.resolve(made.length > 1 ? path.join(out, name) : out)
      await client.team.writePackage({ packageId: manifest.packageId, path: file })
      written.push({ ...manifest, file })
    }
    return written
  } catch (error) {
    for (const { packageId } of made.slice(written.length)) await client.team.removeAssignment({ packageId })
    throw error
  }
}

function describe({ person, sentences, shared, withGold, file }: Written): string {
  const parts = [`${shared} of them everyone's`, withGold ? 'with the annotation of the corpus' : 'without annotations']
  return `${person}: ${countOf(sentences, 'sentence')}, ${parts.join(', ')}. Written to ${file}.`
}

function describeAll(list: readonly ShownAssignment[]): string {
  if (list.length === 0) return 'No sentences were assigned. "assign CORPUS --to NAME --out FILE" writes a package.'
  return formatTable(
    ['person', 'sentences', 'shared', 'assigned', 'returned', 'reviewed'],
    list.map(({ person, sentences, shared, createdMs, merged }) => [
      ...[person, sentences, shared, formatMoment(createdMs)],
      ...(merged ? [formatMoment(merged.atMs), merged.reviewed] : ['', '']),
    ]),
  )
}

function readIds(text: string): number[] {
  const ids = text.split(',').map(Number)
  if (ids.every((id) => Number.isSafeInteger(id) && id > 0)) return ids
  throw new InvalidArgumentError('Give ids of sentences with commas between, such as 12,15,90.')
}

function readShare(text: string): number {
  const share = Number(text)
  if (text.trim() !== '' && share >= 0 && share <= 1) return share
  throw new InvalidArgumentError('Give a share from 0 to 1, such as 0.2.')
}
