/** espalier train: trains one run per model and seed, and prints a line per epoch. */
import path from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import type { PresetSetting } from '#main/runs/preset'
import { presetNames, presets, type PresetName } from '#main/runs/presets'
import { englishVectors, leastEnglish, noVectors } from '#main/runs/vector-choice'
import { whyUnused } from '#main/runs/unused-setting'
import { networkParts, settingNamed, type SettingName } from '#main/runs/setting-values'
import { familyNames, type FamilyName } from '#main/runs/family-name'
import { families } from '#main/runs/families/families'
import { modelsOf, type ModelName } from '#main/runs/model-name'
import { variantGroups, variantMeanings, variantNames, type VariantName } from '#main/runs/variants'
import { describeEstimate } from '../describe-estimate.ts'
import { findCorpus, findRun } from '../find.ts'
import { followRuns } from '../follow-runs.ts'
import { addSettings, seedsOption, settingOption, settingsGiven, typed, type OptionRule } from '../setting-options.ts'
import { withSession, type GlobalOptions } from '../session.ts'

export interface TrainOptions extends GlobalOptions {
  readonly family?: FamilyName[]
  readonly variant?: VariantName[]
  readonly preset: PresetName
  readonly vectors?: string
  readonly encoder?: string
  readonly frozen?: true
  readonly seeds: number[]
  readonly beta?: number
  readonly from?: string
  readonly name?: string
}

export function addTrain(program: Command): Command {
  const command = program.command('train')
  command
    .description('train a model on a corpus')
    .argument('<corpus>', 'name of the corpus')
    .addOption(
      new Option(
        '--variant <variant>',
        `variant of PMEI, or several separated by commas: ${variantNames.join(', ')}`,
      ).argParser((text) => toNames(text, variantNames)),
    )
    .addOption(
      new Option(
        '--family <family>',
        `family of models, or several separated by commas: ${familyNames.join(', ')}`,
      ).argParser((text) => toNames(text, familyNames)),
    )
    .addOption(
      new Option('--preset <name>', 'preset for the settings that are not given; see below')
        .choices(presetNames)
        .default('recommended'),
    )
    .option(
      '--vectors <file>',
      `word vectors to start from: a file (GloVe, fastText or word2vec text, word2vec binary, wink JSON; also as .gz), "${englishVectors}" for those that come with Espalier, or "${noVectors}"; left out, the English ones where they cover ${100 * leastEnglish} % of the text`,
    )
    .option(
      '--encoder <folder>',
      'a BERT in place of word vectors and LSTM: a folder as Hugging Face publishes it (also RoBERTa, XLM-R, CamemBERT, ELECTRA, DistilBERT)',
    )
    .option('--frozen', 'do not train the BERT, only the parts on top of it')
    .addOption(seedsOption(command))
    .option(
      '--from <run>',
      'start from the weights of this run, whose sizes stay; its other settings are not taken over',
    )
    .option(
      '--name <name>',
      'name of the run (default: its variant and seed, "pmei seed 1"); several runs share it, followed by variant or seed',
    )
  addSettings(command, 'training', ...networkParts, 'machine')
  return command
    .addOption(settingOption(command, bothBetas))
    .addHelpText('after', `\n${describeVariants()}\n\n${describePresets()}`)
    .action((name: string, options: TrainOptions) => {
      if (options.frozen && options.encoder === undefined)
        command.error('error: --frozen is for a BERT: give its folder with --encoder.')
      const variants = modelsAsked(command, options)
      const asked = settingsAsked(options)
      const unused = whyUnused({ ...asked.model, ...asked.training }, variants)
      if (unused !== null) command.error(`error: ${unused}`)
      return withSession(options, async (session) => {
        const { client, progress } = session
        const { corpusId } = await findCorpus(client, name)
        const request = {
          corpusId,
          variants,
          preset: options.preset,
          vectors: vectorsAsked(options),
          encoder: toEncoder(options),
          ...asked,
          ...(options.name === undefined ? {} : { name: options.name }),
          fromRunId: options.from === undefined ? null : (await findRun(client, options.from)).runId,
        }
        const estimate = await client.runs.estimate(request)
        // the start refuses for the same reasons as the estimate, and says so once
        if (estimate.refusals.length === 0) for (const line of describeEstimate(estimate, name)) progress.line(line)
        await followRuns(session, await client.runs.start(request))
      })
    })
}

const bothBetas: OptionRule = {
  ...settingNamed('betaEntity'),
  ...{ label: 'Both betas', flag: '--beta', hint: 'Weight of both KL terms at once' },
}

/** The part of a request that the options for settings ask for. */
export function settingsAsked(options: TrainOptions) {
  const { seeds, beta } = options
  return {
    seeds,
    model: settingsGiven(options, ...networkParts),
    training: {
      ...(beta === undefined ? {} : { betaEntity: beta, betaRelation: beta }),
      ...settingsGiven(options, 'training'),
    },
    ...settingsGiven(options, 'machine'),
  }
}

function vectorsAsked({ vectors }: TrainOptions): string | null {
  if (vectors === undefined) return null
  return vectors === englishVectors || vectors === noVectors ? vectors : path.resolve(vectors)
}

function toEncoder({ encoder, frozen }: TrainOptions): { folder: string; isFrozen: boolean } | null {
  return encoder === undefined ? null : { folder: path.resolve(encoder), isFrozen: frozen ?? false }
}

/** The models that the options name. Without a family, the variants are of PMEI. */
function modelsAsked(command: Command, { family, variant }: TrainOptions): ModelName[] {
  if (!family && !variant) command.error('error: name what to train: a variant of PMEI with --variant, or a --family.')
  if (family && variant && !family.includes('pmei'))
    command.error(
      `error: --variant is of pmei: name it too, as in --family pmei,${family.join(',')}, or leave --variant out.`,
    )
  return modelsOf(family ?? ['pmei'], variant ?? [])
}

function describeVariants(): string {
  const groups = Object.entries(variantGroups).map(([group, names]) =>
    [`Variants, ${group}:`, ...names.map((name) => `  ${name.padEnd(24)} ${variantMeanings[name]}`)].join('\n'),
  )
  const rows = familyNames.map((name) => `  ${name.padEnd(24)} ${families[name].meaning}`)
  return [...groups, ['Families:', ...rows].join('\n')].join('\n\n')
}

/** The presets with every setting and its reason. */
function describePresets(): string {
  const blocks = presetNames.map((name) => {
    const { meaning, settings } = presets[name]
    const lines = Object.entries(settings).map(
      ([setting, row]) => `  ${typedIn(setting as SettingName, row).padEnd(24)} ${row.why}`, // its own keys
    )
    return [`Preset ${name}: ${meaning}`, ...lines].join('\n')
  })
  return blocks.join('\n\n')
}

/** The option as it is typed for the value of a preset; a value that follows from the size of train is told by its limits. */
function typedIn(setting: SettingName, row: PresetSetting<string | number | boolean>): string {
  const named = settingNamed(setting)
  return 'value' in row ? typed(named, row.value) : `${named.flag} ${row.shown}`
}

function toNames<Name extends string>(text: string, names: readonly Name[]): Name[] {
  return text.split(',').map((part) => {
    const found = names.find((known) => known === part.trim())
    if (!found) throw new InvalidArgumentError(`"${part}" is none of: ${names.join(', ')}.`)
    return found
  })
}
