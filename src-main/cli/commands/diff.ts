/** espalier diff: the sentences in which two runs or systems differ. */
import { Option, type Command } from 'commander'
import { diffKindMeanings, diffKinds, type DiffKind, type DiffSentence } from '#main/comparison/sentence-diff'
import { splits, type Split } from '#main/document/doc'
import { matchModes, type MatchMode } from '#main/evaluation/match-mode'
import { enumerate } from '#main/text/enumeration'
import { findCompared } from '../find-compared.ts'
import { runArgument } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'
import { settingOption, type OptionRule } from '../setting-options.ts'

interface Options extends GlobalOptions {
  readonly match: MatchMode
  readonly split: Split
  readonly kind?: DiffKind
  readonly relation?: string
  readonly search?: string
  readonly limit?: number
}

const limitRule: OptionRule = {
  ...{ label: 'Limit', flag: '--limit', kind: 'whole', least: 1, most: 1000 },
  hint: 'Number of sentences at most; 20 when left out',
}

export function addDiff(program: Command): Command {
  const command = program.command('diff')
  return command
    .description('list the sentences in which two runs, or systems whose predictions were scored, differ')
    .argument('<first>', runArgument)
    .argument('<second>', runArgument)
    .addOption(new Option('--match <mode>', 'when a triple is right').choices(matchModes).default('exact'))
    .addOption(new Option('--split <split>', 'whose sentences').choices(splits).default('dev'))
    .addOption(new Option('--kind <kind>', 'only these sentences').choices(diffKinds))
    .option('--relation <type>', 'only sentences with a triple of this type, gold or predicted')
    .option('--search <text>', 'only sentences that hold this text')
    .addOption(settingOption(command, limitRule))
    .action((one: string, other: string, { match, split, kind, relation, search, limit = 20, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const [firstId = '', secondId = ''] = await Promise.all(
          [one, other].map(async (name) => {
            const { runIds, systemIds } = await findCompared(client, [name], split)
            return runIds[0] ?? systemIds[0]
          }),
        )
        const diff = await client.comparisons.diff({
          ...{ firstId, secondId, match, split, offset: 0, limit },
          filter: { kind, type: relation, search },
        })
        const counts = diffKinds.map((name) => `${name} ${diff.kinds[name]}`)
        const lines = diff.sentences.map((sentence) => describe(sentence, one, other))
        const more = diff.total > lines.length ? [`${diff.total - lines.length} more: --limit shows them.`] : []
        print(diff, [`${split}, ${match}: ${enumerate(counts)} sentences`, '', ...lines, ...more].join('\n').trimEnd())
      }),
    )
    .addHelpText('after', `\n${diffKinds.map((kind) => `  ${kind}: ${diffKindMeanings[kind]}`).join('\n')}`)
}

function describe({ sentenceId, kind, text, triples }: DiffSentence, one: string, other: string): string {
  const lines = triples.map(({ subject, type, object, isGold, first, second }) => {
    const found = [
      ...(first === null ? [] : [`${one} ${show(first)}`]),
      ...(second === null ? [] : [`${other} ${show(second)}`]),
    ]
    return `    ${isGold ? 'gold ' : 'wrong'}  ${subject} · ${type} · ${object}   ${found.length === 0 ? 'found by neither' : found.join(', ')}`
  })
  return [`${sentenceId}  ${kind}: ${text}`, ...lines, ''].join('\n')
}

const show = (probability: number): string => probability.toFixed(2)
