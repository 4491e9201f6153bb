/** espalier train: one run per variant and seed, a line per epoch. */
import path from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { backendNames, type BackendChoice } from '#main/runs/config'
import { presetNames, presets, type PresetName } from '#main/runs/presets'
import { variantGroups, variantMeanings, variantNames, type VariantName } from '#main/runs/variants'
import { describeEstimate } from '../describe-estimate.ts'
import { findCorpus, findRun } from '../find.ts'
import { followRuns } from '../follow-runs.ts'
import { toInteger, toSeeds, toShare } from '../options.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly variant: VariantName[]
  readonly preset: PresetName
  readonly vectors?: string
  readonly encoder?: string
  readonly frozen?: true
  readonly hidden?: number
  readonly pos?: number
  readonly anchor?: 'last' | 'first'
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
    .option('--hidden <n>', 'LSTM units per direction', toInteger(1))
    .option('--pos <n>', 'width of a part-of-speech feature, where the corpus states them', toInteger(0))
    .addOption(new Option('--anchor <word>', 'which word of a name stands for it').choices(['last', 'first']))
    .option('--epochs <n>', 'epochs at most', toInteger(1))
    .option('--batch <n>', 'sentences per update', toInteger(1))
    .option('--seeds <list>', 'one run per seed, such as 1,2,3', toSeeds, [1])
    .option('--dropout <share>', 'share of the input that is dropped', toShare)
    .option('--learning-rate <x>', 'step size of Adam', toShare)
    .addOption(new Option('--backend <name>', 'what computes').choices(['auto', ...backendNames]).default('auto'))
    .option('--threads <n>', 'threads that share the work; 0 takes every core', toInteger(0), 0)
    .option('--from <run>', 'start from the weights of this run')
    .addHelpText('after', `\n${describeVariants()}\n\n${describePresets()}`)
    .action((name: string, options: Options) =>
      withSession(options, async (session) => {
        const { client, progress } = session
        const { corpusId } = await findCorpus(client, name)
        const request = {
          corpusId,
          variants: options.variant,
          seeds: options.seeds,
          preset: options.preset,
          vectors: options.vectors === undefined ? null : path.resolve(options.vectors),
          encoder: toEncoder(options),
          model: { hidden: options.hidden, posDimension: options.pos, anchor: options.anchor },
          training: {
            epochs: options.epochs,
            batchSize: options.batch,
            dropout: options.dropout,
            learningRate: options.learningRate,
          },
          backend: options.backend,
          threads: options.threads,
          fromRunId: options.from === undefined ? null : (await findRun(client, options.from)).runId,
        }
        const estimate = await client.runs.estimate(request)
        // what refuses the estimate refuses the start as well, and says so once
        if (estimate.refusals.length === 0) for (const line of describeEstimate(estimate, name)) progress.line(line)
        await followRuns(session, await client.runs.start(request))
      }),
    )
}

function toEncoder({ encoder, frozen }: Options): { folder: string; isFrozen: boolean } | null {
  if (encoder !== undefined) return { folder: path.resolve(encoder), isFrozen: frozen ?? false }
  if (frozen) throw new InvalidArgumentError('--frozen is for a BERT: give its folder with --encoder.')
  return null
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
