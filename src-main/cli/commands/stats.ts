/** espalier stats: prints sizes and overlap classes of a corpus, its memory floor and its oracle recall, or two corpora side by side. */
import { Option, type Command } from 'commander'
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import { splits, type Split } from '#main/document/doc'
import { splittingLabel } from '#main/document/corpus-summary'
import { matchModes } from '#main/evaluation/match-mode'
import { findCorpus } from '../find.ts'
import { describeSideBySide, sideBySide } from '../stats-side-by-side.ts'
import { Misuse } from '../misuse.ts'
import { withSession, type GlobalOptions } from '../session.ts'
import { formatTable } from '#main/text/aligned-table'
import { countOf } from '#main/text/numbers'

export function addStats(program: Command): Command {
  return program
    .command('stats')
    .description('describe a corpus, or two side by side')
    .argument('<corpus>', 'name of the corpus')
    .argument('[other]', 'name of a corpus to set beside it')
    .addOption(new Option('--split <split>', 'with another corpus: compare this split alone').choices(splits))
    .addOption(new Option('--other-split <split>', 'with --split: the split of the other corpus').choices(splits))
    .action((name: string, other: string | undefined, { split, otherSplit, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const read = async (corpus: string) => {
          const { corpusId } = await findCorpus(client, corpus)
          return client.corpora.statistics({ corpusId })
        }
        const statistics = await read(name)
        if (other === undefined) {
          if (split ?? otherSplit) throw new Misuse('Name the other corpus that --split is about.')
          return print(statistics, describe(statistics))
        }
        const compared = sideBySide(statistics, await read(other), pairsOf(split, otherSplit))
        print(compared, describeSideBySide(compared))
      }),
    )
}

interface Options extends GlobalOptions {
  readonly split?: Split
  readonly otherSplit?: Split
}

/** Splits that are compared: the two that were named, else each with its own kind. */
function pairsOf(split: Split | undefined, otherSplit: Split | undefined): (readonly [Split, Split])[] {
  if (split === undefined && otherSplit === undefined) return splits.map((each) => [each, each])
  return [[split ?? otherSplit ?? 'train', otherSplit ?? split ?? 'train']]
}

function describe({
  name,
  splits,
  relationTypes,
  entityTypes,
  splittings,
  memoryFloor,
  oracle,
}: CorpusStatistics): string {
  const head = ['', ...splits.map(({ split }) => split)]
  const row = (label: string, of: (split: CorpusStatistics['splits'][number]) => number) => [label, ...splits.map(of)]
  const table = formatTable(head, [
    row('sentences', (split) => split.sentences),
    row('tokens', (split) => split.tokens),
    row('with a part of speech', (split) => split.tokensWithPos),
    row('unique triples', (split) => split.uniqueTriples),
    row('relation types', (split) => split.relationTypes),
    row('spans', (split) => split.spans),
    row('of several tokens', (split) => split.multiTokenSpans),
    ...(['list', 'set'] as const).flatMap((counting) => [
      row(`Normal (${counting})`, (split) => split.classes[counting].Normal),
      row(`SEO (${counting})`, (split) => split.classes[counting].SEO),
      row(`EPO (${counting})`, (split) => split.classes[counting].EPO),
    ]),
    row('SOO', (split) => split.classes.list.SOO),
    row('Normal without SOO (list)', (split) => split.classes.list.normalWithoutSoo),
    row('Normal without SOO (set)', (split) => split.classes.set.normalWithoutSoo),
    row('median length', (split) => split.lengths.median),
    row('longest', (split) => split.lengths.max),
    row('ambiguous anchors', (split) => split.ambiguousAnchors),
    row('unanchored triples', (split) => split.unanchored),
  ])
  const classes =
    'Overlap classes marked "list" count the triples as the file lists them, repeated ones included: published figures are ' +
    'counted so. Those marked "set" count each triple once. PRGC publishes Normal without SOO.'
  const percent = (share: number): string => (share * 100).toFixed(1)
  const hasDev = splits.some(({ split, sentences }) => split === 'dev' && sentences > 0)
  const floor = memoryFloor
    ? `Memory floor on test: F1 ${percent(memoryFloor.scores.f1)} (P ${percent(memoryFloor.scores.precision)}, R ${percent(memoryFloor.scores.recall)}), fraction ${memoryFloor.fraction} picked on ${hasDev ? 'dev' : 'train, since there is no dev split'}.`
    : 'Memory floor: needs a train and a test split.'
  const ceiling = oracle
    ? `Oracle recall on test: ${matchModes.map((mode) => `${mode} ${(oracle[mode].recall * 100).toFixed(2)}`).join(', ')}.`
    : 'Oracle recall: needs a test split.'
  const types = `${name}: ${entityTypes.length} entity types, ${relationTypes.length} relation types in use.`
  const split = splittings.map((one) => `${splittingLabel(one)} (${countOf(one.documents, 'document')})`)
  const rules = `Words and sentences by the rules of: ${split.join('; ')}.`
  return [types, '', table, '', ...(split.length > 0 ? [rules] : []), classes, floor, ceiling].join('\n')
}
