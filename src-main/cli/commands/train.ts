/** espalier train: one run per variant and seed, a line per epoch. */
import path from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { backendNames, type BackendChoice } from '#main/runs/config'
import { variantNames, type VariantName } from '#main/runs/variants'
import { findCorpus, findRun } from '../find.ts'
import { followRuns } from '../follow-runs.ts'
import { toInteger, toSeeds, toShare } from '../options.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly variant: VariantName[]
  readonly vectors?: string
  readonly hidden?: number
  readonly epochs?: number
  readonly batch?: number
  readonly seeds: number[]
  readonly dropout?: number
  readonly learningRate?: number
  readonly backend: BackendChoice
  readonly threads: number
  readonly from?: string
}

export function addTrain(program: Command): Command {
  return program
    .command('train')
    .description('train a model on a corpus')
    .argument('<corpus>', 'name of the corpus')
    .addOption(
      new Option('--variant <variant>', `what to train, several separated by commas: ${variantNames.join(', ')}`)
        .argParser(toVariants)
        .makeOptionMandatory(),
    )
    .option('--vectors <file>', 'word vectors to start from (GloVe text)')
    .option('--hidden <n>', 'LSTM units per direction', toInteger(1))
    .option('--epochs <n>', 'epochs at most', toInteger(1))
    .option('--batch <n>', 'sentences per update', toInteger(1))
    .option('--seeds <list>', 'one run per seed, such as 1,2,3', toSeeds, [1])
    .option('--dropout <share>', 'share of the input that is dropped', toShare)
    .option('--learning-rate <x>', 'step size of Adam', toShare)
    .addOption(new Option('--backend <name>', 'what computes').choices(['auto', ...backendNames]).default('auto'))
    .option('--threads <n>', 'threads that share the work; 0 takes every core', toInteger(0), 0)
    .option('--from <run>', 'start from the weights of this run')
    .action((name: string, options: Options) =>
      withSession(options, async (session) => {
        const { client } = session
        const { corpusId } = await findCorpus(client, name)
        const runs = await client.runs.start({
          corpusId,
          variants: options.variant,
          seeds: options.seeds,
          vectors: options.vectors === undefined ? null : path.resolve(options.vectors),
          model: { hidden: options.hidden },
          training: {
            epochs: options.epochs,
            batchSize: options.batch,
            dropout: options.dropout,
            learningRate: options.learningRate,
          },
          backend: options.backend,
          threads: options.threads,
          fromRunId: options.from === undefined ? null : (await findRun(client, options.from)).runId,
        })
        await followRuns(session, runs)
      }),
    )
}

function toVariants(text: string): VariantName[] {
  return text.split(',').map((part) => {
    const variant = variantNames.find((known) => known === part.trim())
    if (!variant) throw new InvalidArgumentError(`"${part}" is none of: ${variantNames.join(', ')}.`)
    return variant
  })
}
