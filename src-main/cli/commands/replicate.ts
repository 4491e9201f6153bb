/** espalier replicate: runs a run card again and says whether its figures come out the same. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Command } from 'commander'
import { runRequest, type RunRequest } from '#main/api/runs'
import { AppError } from '#main/core/errors'
import { splits } from '#main/document/doc'
import { cardOfRun } from '#main/report/card-of-run'
import { compareFigures, readCard, vectorsHashOf, type ReadCard } from '#main/report/read-card'
import type { Run } from '#main/runs/run'
import { networkParts, settingNamed, type SettingName } from '#main/runs/setting-values'
import { countOf } from '#main/text/numbers'
import { followRuns } from '../follow-runs.ts'
import { withSession, type GlobalOptions, type Session } from '../session.ts'

interface Options extends GlobalOptions {
  readonly vectors?: string
  readonly encoder?: string
}

/** Files that a card names and does not hold. */
interface Given {
  readonly vectors: string | undefined
  readonly encoder: string | undefined
}

export function addReplicate(program: Command): Command {
  return program
    .command('replicate')
    .description('train what a run card says again, and tell whether the figures agree; status 1 where they do not')
    .argument('<card>', 'a file that "card" printed')
    .option('--vectors <file>', 'the word vectors of the card, where they are not those that come with Espalier')
    .option('--encoder <folder>', 'the BERT of the card')
    .action((file: string, { vectors, encoder, ...options }: Options) =>
      withSession(options, async (session) => {
        const { client, print, progress } = session
        const card = readCard(await readText(file), file)
        const request = requestOf(card, await corpusOf(client, card), { vectors, encoder })
        const [run] = await client.runs.start(request)
        if (!run) throw new AppError('internal', 'No run was made.')
        await refuseOtherData(client, card, run)
        await followRuns(session, [run])
        progress.line(`Scoring it on ${card.split} …`)
        const again = readCard((await cardOfRun(client, run.runId, card.split)).text, 'the new card')
        const { compared, differences } = compareFigures(card, again)
        const verdict =
          differences.length === 0
            ? `All ${compared} figures of ${card.title} came out the same.`
            : [
                `${differences.length} of ${compared} figures of ${card.title} came out otherwise:`,
                ...differences.map((one) => `  ${one}`),
              ].join('\n')
        print({ runId: run.runId, compared, differences }, verdict)
        if (differences.length > 0) process.exitCode = 1
      }),
    )
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new AppError(
      'invalid-input',
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    )
  }
}

async function corpusOf(client: Session['client'], { title }: ReadCard): Promise<number> {
  const corpora = await client.corpora.list()
  const [found] = corpora
    .filter(({ name }) => title.endsWith(` on ${name}`))
    .toSorted((a, b) => b.name.length - a.name.length)
  if (found) return found.corpusId
  throw new AppError(
    'not-found',
    `There is no corpus here that "${title}" names. Import it under the name that stands after "on".`,
  )
}

function requestOf(card: ReadCard, corpusId: number, given: Given): RunRequest {
  if (card.isWarm)
    throw new AppError(
      'invalid-input',
      `${card.title} started from the weights of another run, which a card does not hold: it cannot be run again.`,
    )
  const isBert = card.encoder.startsWith('BERT')
  if (isBert && given.encoder === undefined)
    throw new AppError('invalid-input', `${card.title} has a BERT: give its folder with --encoder.`)
  const partOf = (...parts: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(card.settings).filter(([name]) => parts.includes(settingNamed(name as SettingName).part)), // names of settings
    )
  const { seed } = partOf('seed')
  return runRequest.parse({
    ...{ corpusId, variants: [card.variant], seeds: [seed], preset: card.preset, name: `${card.variant} again` },
    vectors: isBert ? null : vectorsOf(card, given.vectors),
    encoder: isBert ? { folder: path.resolve(given.encoder ?? ''), isFrozen: card.encoder.includes('frozen') } : null,
    ...{
      model: isBert ? partOf(...networkParts.filter((part) => part !== 'lstm')) : partOf(...networkParts),
      training: partOf('training'),
      ...partOf('machine'),
    },
  })
}

function vectorsOf({ vectors, title }: ReadCard, given: string | undefined): string {
  if (vectors === null) return 'none'
  if (given !== undefined) return path.resolve(given)
  if (/english/i.test(vectors)) return 'english'
  throw new AppError('invalid-input', `${title} started from ${vectors}: give that file with --vectors.`)
}

/** @throws AppError where corpus or word vectors are not what the card was made of; the run is taken back then. */
async function refuseOtherData(client: Session['client'], card: ReadCard, run: Run): Promise<void> {
  const changed = splits.filter((split) => card.data[split] !== run.data.splits[split].sha256)
  const hasOtherVectors = vectorsHashOf(card) !== (run.config.vectors?.sha256 ?? null)
  if (changed.length === 0 && !hasOtherVectors) return
  await client.runs.remove({ runId: run.runId, cancelRuns: true })
  if (hasOtherVectors)
    throw new AppError(
      'conflict',
      `The word vectors are not those of ${card.title}, which are ${card.vectors ?? 'none'}. Give their file with --vectors.`,
    )
  throw new AppError(
    'conflict',
    `${countOf(changed.length, 'split')} of "${run.data.corpusName}" (${changed.join(', ')}) ${changed.length === 1 ? 'is' : 'are'} not what ${card.title} was made of: words or gold differ. Import the same files, then try again.`,
  )
}
