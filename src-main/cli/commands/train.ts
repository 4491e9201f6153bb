/** espalier train: one run per variant and seed, a line per epoch. */
import path from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { backendNames, type BackendChoice } from '#main/runs/config'
import { presetNames, presets, type PresetName } from '#main/runs/presets'
import { variantGroups, variantMeanings, variantNames, type VariantName } from '#main/runs/variants'
import { describeEstimate } from '../describe-estimate.ts'
import { findCorpus, findRun } from '../find.ts'
import { followRuns } from '../follow-runs.ts'
import { toInteger, toNumber, toSeeds } from '../options.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly variant: VariantName[]
  readonly preset: PresetName
  readonly vectors?: string
  readonly encoder?: string
  readonly frozen?: true
  readonly hidden?: number
  readonly casing?: number
  readonly pos?: number
  readonly anchor?: 'last' | 'first'
  readonly epochs?: number
  readonly batch?: number
  readonly seeds: number[]
  readonly patience?: number
  readonly dropout?: number
  readonly wordDropout?: number
  readonly learningRate?: number
  readonly alpha?: number
  readonly beta?: number
  readonly threshold?: number
  readonly backend: BackendChoice
  readonly threads: number
  readonly from?: string
}

const dropoutLimits = { atLeast: 0, atMost: 0.95 }

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
    .addOption(
      new Option('--preset <name>', 'settings that belong together; explained below')
        .choices(presetNames)
        .default('recommended'),
    )
    .option(
      '--vectors <file>',
      'word vectors to start from: GloVe, fastText or word2vec text, word2vec binary, wink JSON; also as .gz',
    )
    .option('--encoder <folder>', 'a BERT in place of word vectors and LSTM: a folder as Hugging Face publishes it')
    .option('--frozen', 'leave the encoder as it is and train what stands on it')
    .option('--hidden <n>', 'LSTM units per direction', toInteger(1, 2048))
    .option('--casing <n>', 'width of the casing feature; 0 leaves it out', toInteger(0, 256))
    .option('--pos <n>', 'width of a part-of-speech feature, where the corpus states them', toInteger(0, 256))
    .addOption(new Option('--anchor <word>', 'which word of a name stands for it').choices(['last', 'first']))
    .option('--epochs <n>', 'epochs at most', toInteger(1, 10_000))
    .option('--patience <n>', 'epochs without a better dev F1 before training stops', toInteger(1))
    .option('--batch <n>', 'sentences per update', toInteger(1, 4096))
    .option('--seeds <list>', 'one run per seed, such as 1,2,3', toSeeds, [1])
    .option('--dropout <share>', 'share of the input that is dropped', toNumber(dropoutLimits))
    .option('--word-dropout <share>', 'share of training words that become unknown', toNumber(dropoutLimits))
    .option('--learning-rate <x>', 'step size of Adam', toNumber({ above: 0, atMost: 1 }))
    .option('--alpha <x>', 'weight of the losses of early predictions', toNumber({ atLeast: 0 }))
    .option('--beta <x>', 'weight of the KL term of either stochastic map', toNumber({ atLeast: 0 }))
    .option('--threshold <p>', 'a pair of words is a triple from this probability on', toNumber({ above: 0, below: 1 }))
    .addOption(new Option('--backend <name>', 'what computes').choices(['auto', ...backendNames]).default('auto'))
    .option(
      '--threads <n>',
      'threads that share the work; 0 takes every core, or one for a trained BERT',
      toInteger(0, 256),
      0,
    )
    .option('--from <run>', 'start from the weights of this run')
    .addHelpText('after', `\n${describeVariants()}\n\n${describePresets()}`)
    .action((name: string, options: Options, command: Command) => {
      if (options.frozen && options.encoder === undefined)
        command.error('error: --frozen is for a BERT: give its folder with --encoder.')
      return withSession(options, async (session) => {
        const { client, progress } = session
        const { corpusId } = await findCorpus(client, name)
        const request = {
          corpusId,
          variants: options.variant,
          seeds: options.seeds,
          preset: options.preset,
          vectors: options.vectors === undefined ? null : path.resolve(options.vectors),
          encoder: toEncoder(options),
          model: {
            hidden: options.hidden,
            casingDimension: options.casing,
            posDimension: options.pos,
            anchor: options.anchor,
          },
          training: {
            epochs: options.epochs,
            patience: options.patience,
            batchSize: options.batch,
            dropout: options.dropout,
            wordDropout: options.wordDropout,
            learningRate: options.learningRate,
            alpha: options.alpha,
            betaEntity: options.beta,
            betaRelation: options.beta,
            threshold: options.threshold,
          },
          backend: options.backend,
          threads: options.threads,
          fromRunId: options.from === undefined ? null : (await findRun(client, options.from)).runId,
        }
        const estimate = await client.runs.estimate(request)
        // what refuses the estimate refuses the start as well, and says so once
        if (estimate.refusals.length === 0) for (const line of describeEstimate(estimate, name)) progress.line(line)
        await followRuns(session, await client.runs.start(request))
      })
    })
}

function toEncoder({ encoder, frozen }: Options): { folder: string; isFrozen: boolean } | null {
  return encoder === undefined ? null : { folder: path.resolve(encoder), isFrozen: frozen ?? false }
}

function describeVariants(): string {
  const groups = Object.entries(variantGroups).map(([group, names]) =>
    [`Variants, ${group}:`, ...names.map((name) => `  ${name.padEnd(24)} ${variantMeanings[name]}`)].join('\n'),
  )
  return groups.join('\n\n')
}

/** Every setting with its reason. */
function describePresets(): string {
  const blocks = presetNames.map((name) => {
    const { meaning, model, training } = presets[name]
    const settings = Object.entries({ ...model, ...training }).map(
      ([field, { value, why }]) => `  ${`${field} ${value}`.padEnd(24)} ${why}`,
    )
    return [`Preset ${name}: ${meaning}`, ...settings].join('\n')
  })
  return blocks.join('\n\n')
}

function toVariants(text: string): VariantName[] {
  return text.split(',').map((part) => {
    const variant = variantNames.find((known) => known === part.trim())
    if (!variant) throw new InvalidArgumentError(`"${part}" is none of: ${variantNames.join(', ')}.`)
    return variant
  })
}
