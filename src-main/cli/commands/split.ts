/** espalier split: moves sentences of a corpus between train, dev and test, by shares and a seed or by what they hold. */
import { InvalidArgumentError, Option, type Command } from 'commander'
import { AppError } from '#main/core/errors'
import { splits, type Split } from '#main/document/doc'
import type { Client } from '#main/api/router'
import { goldAgainstRun, type GoldAgainstRun, type RunFilter, type SentenceFilter } from '#main/document/sentence-row'
import type { SplitPreview, SplitShares } from '#main/document/split-act'
import { formatTable } from '#main/text/aligned-table'
import { cancellable } from '../cancellable.ts'
import { findCorpus, findRun } from '../find.ts'
import { Misuse } from '../misuse.ts'
import { readSeed } from '../read-seed.ts'
import { withSession, type GlobalOptions, type Session } from '../session.ts'

interface Options extends GlobalOptions {
  readonly shares?: SplitShares
  readonly seed: number
  readonly stratify: 'relations' | 'none'
  readonly to?: Split
  readonly from?: Split
  readonly search?: string
  readonly relation?: string
  readonly run?: string
  readonly gold?: GoldAgainstRun
  readonly leastConfidence?: number
  readonly mostConfidence?: number
  readonly saved?: string
  readonly dryRun?: boolean
  readonly undo?: boolean
  readonly redo?: boolean
}

export function addSplit(program: Command): Command {
  return program
    .command('split')
    .description('divide a corpus into train, dev and test, or move sentences to one of them')
    .argument('<corpus>', 'name of the corpus')
    .option('--shares <train,dev,test>', 'divide all documents by these parts, such as 80,10,10', readShares)
    .option('--seed <number>', 'the same seed divides alike', readSeed, 1)
    .addOption(
      new Option('--stratify <by>', 'give each split its share of every relation type, or not')
        .choices(['relations', 'none'])
        .default('relations'),
    )
    .addOption(
      new Option('--group <by>', 'what stays together; a document is never torn apart')
        .choices(['documents'])
        .default('documents'),
    )
    .addOption(new Option('--to <split>', 'move the sentences that match to this split').choices(splits))
    .addOption(new Option('--from <split>', 'with --to: sentences of this split alone').choices(splits))
    .option('--search <words>', 'with --to: sentences with these words')
    .option('--relation <type>', 'with --to: sentences with a triple of this relation type')
    .option('--run <run>', 'with --to: by what this run predicts, as the options below say')
    .addOption(
      new Option(
        '--gold <relation>',
        'with --run: sentences whose gold differs, agrees, or that are unpredicted',
      ).choices(goldAgainstRun),
    )
    .option('--least-confidence <share>', 'with --run: the least certain finding is at least so probable', readShare)
    .option('--most-confidence <share>', 'with --run: the least certain finding is at most so probable', readShare)
    .option('--saved <name>', 'with --to: what a saved filter finds')
    .option('--dry-run', 'with --shares: show what would come of it')
    .option('--undo', 'take the latest change of splits back')
    .option('--redo', 'do again what was taken back last')
    .action((name: string, options: Options) =>
      withSession(options, async (session) => {
        const { corpusId } = await findCorpus(session.client, name)
        const ways = [options.shares, options.to, options.undo, options.redo].filter((way) => way !== undefined)
        if (ways.length !== 1)
          throw new Misuse('Say what to do: one of --shares 80,10,10, --to test, --undo and --redo.')
        if (options.undo === true) return undo(session, corpusId)
        if (options.redo === true) return redo(session, corpusId)
        return options.shares ? divide(session, corpusId, options, options.shares) : move(session, corpusId, options)
      }),
    )
}

async function divide(session: Session, corpusId: number, options: Options, shares: SplitShares): Promise<void> {
  const { client, print } = session
  const choice = { corpusId, shares, seed: options.seed, stratify: options.stratify === 'relations' }
  const preview = await cancellable(session, (taskId) => client.corpora.previewSplit({ ...choice, taskId }))
  if (options.dryRun === true) return print(preview, describe(preview))
  const act = await client.corpora.split({ ...choice, taskId: `split-${corpusId}-${Date.now()}` })
  const done = act ? `${act.description}.` : 'Nothing moved: all documents are where this seed puts them.'
  print({ act, preview }, [done, '', describe(preview)].join('\n'))
}

async function move({ client, print }: Session, corpusId: number, options: Options): Promise<void> {
  const { to, from, search, relation: relationType } = options
  if (to === undefined) return
  const run = await runFilter(client, options)
  const given = { ...(from && { splits: [from] }), ...(search && { search }), ...(relationType && { relationType }) }
  const filter = { ...(await savedFilter(client, corpusId, options.saved)), ...given, ...(run && { run }) }
  const taskId = `split-${corpusId}-${Date.now()}`
  const act = await client.corpora.assignSplit({ corpusId, selection: { filter }, split: to, taskId })
  print(act, act ? `${act.description}. --undo takes it back.` : `Nothing moved: no such sentence is outside ${to}.`)
}

/** @throws Misuse when an option about a run comes without one. */
async function runFilter(client: Client, options: Options): Promise<RunFilter | null> {
  const { run, gold, leastConfidence, mostConfidence } = options
  if (run !== undefined) return { runId: (await findRun(client, run)).runId, gold, leastConfidence, mostConfidence }
  if (gold ?? leastConfidence ?? mostConfidence)
    throw new Misuse('Name the run whose predictions are meant with --run.')
  return null
}

async function savedFilter(client: Client, corpusId: number, name: string | undefined): Promise<SentenceFilter> {
  if (name === undefined) return {}
  const all = await client.corpora.savedFilters({ corpusId })
  const found = all.find((saved) => saved.name === name)
  const known = all.map((saved) => `"${saved.name}"`).join(', ')
  if (!found)
    throw new AppError(
      'not-found',
      `There is no saved filter "${name}". ${known ? `There are: ${known}.` : 'Save one in the window first.'}`,
    )
  if (found.missing.length > 0)
    throw new AppError('not-found', `The saved filter "${name}" cannot be used: ${found.missing.join(' ')}`)
  return found.filter
}

async function undo({ client, print }: Session, corpusId: number): Promise<void> {
  const act = await client.corpora.undoSplit({ corpusId, taskId: `split-${corpusId}-${Date.now()}` })
  print(act, act ? `${act.description}. --redo does it again.` : 'Nothing to take back: no splits were changed.')
}

async function redo({ client, print }: Session, corpusId: number): Promise<void> {
  const act = await client.corpora.redoSplit({ corpusId, taskId: `split-${corpusId}-${Date.now()}` })
  print(act, act ? `${act.description}.` : 'Nothing to do again: nothing was taken back since splits were changed.')
}

function describe({ sentences, documents, relationTypes, moving }: SplitPreview): string {
  const row = (name: string, of: Readonly<Record<Split, number>>) => [name, ...splits.map((split) => of[split])]
  const table = formatTable(
    ['', ...splits],
    [
      row('sentences', sentences),
      row('documents', documents),
      ...relationTypes.map(({ name, triples }) => row(`triples of ${name}`, triples)),
    ],
  )
  return `${table}\n\nSentences in another split than before: ${moving}.`
}

function readShares(text: string): SplitShares {
  const parts = text.split(',').map(Number)
  const [train = 0, dev = 0, test = 0] = parts
  if (parts.length !== 3 || parts.some((part) => !(part >= 0)) || train + dev + test === 0)
    throw new InvalidArgumentError('Give three numbers for train, dev and test, such as 80,10,10.')
  return { train, dev, test }
}

function readShare(text: string): number {
  const share = Number(text)
  if (text.trim() === '' || !(share >= 0 && share <= 1)) throw new InvalidArgumentError('Give a number from 0 to 1.')
  return share
}
