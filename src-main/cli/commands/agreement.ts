/** espalier agreement: tells how far the annotators of a corpus agree, by label and by pair, with intervals. */
import type { Command } from 'commander'
import { AppError } from '#main/core/errors'
import type { Client } from '#main/api/router'
import type { ShownLayer } from '#main/api/team'
import type { AgreementReport, Figure, PairAgreement } from '#main/evaluation/agreement/report'
import { formatTable, type Cell } from '#main/text/aligned-table'
import { countOf } from '#main/text/numbers'
import { findCorpus } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'
import { readSeed } from '../read-seed.ts'

interface Options extends GlobalOptions {
  readonly layers?: string
  readonly seed: number
}

export function addAgreement(program: Command): Command {
  return program
    .command('agreement')
    .description('tell how far the annotators of a corpus agree')
    .argument('<corpus>', 'name of the corpus')
    .option('--layers <names>', 'annotators to compare, with commas between; "gold" is the annotation of the corpus')
    .option('--seed <number>', 'seed of the resampling for the intervals', readSeed, 1)
    .action((name: string, { layers: names, seed, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const { corpusId } = await findCorpus(client, name)
        const layers = names === undefined ? null : await findLayers(client, corpusId, names)
        const report = await client.team.agreement({ corpusId, layers, seed })
        print(report, describe(report))
      }),
    )
}

async function findLayers(client: Client, corpusId: number, names: string): Promise<ShownLayer[]> {
  const known = await client.team.layers({ corpusId })
  return names.split(',').map((part) => {
    const name = part.trim()
    const found = known.find((layer) => layer.name === name)
    if (found) return found
    const there = known.map((layer) => `"${layer.name}"`).join(', ')
    throw new AppError('not-found', `There is no layer of "${name}". There are: ${there}.`)
  })
}

function describe(report: AgreementReport): string {
  const { layers, shared, alpha, resampling } = report
  const done = layers.map(({ name, annotated, of }) => `${name} annotated ${annotated} of ${countOf(of, 'sentence')}`)
  const groups = resampling.groups === null ? '' : `, drawn in ${resampling.groups} groups`
  return [
    `${done.join('; ')}. ${countOf(shared, 'sentence')} by at least two of them.`,
    `Krippendorff's alpha on BIOES tags of all: ${show(alpha)}.`,
    ...report.pairs.flatMap((pair) => ['', ...describePair(pair, report)]),
    ...describeDisagreements(report),
    '',
    `In brackets: 95 % intervals of ${resampling.draws} resamples of the sentences${groups}, seed ${resampling.seed}; what stands in too few sentences has none. All figures but counts in percent.`,
  ].join('\n')
}

function describePair(pair: PairAgreement, { layers, alphaByLabel }: AgreementReport): string[] {
  const nameOf = (at: number): string => layers[at]?.name ?? ''
  const title = `${nameOf(pair.first)} and ${nameOf(pair.second)}, ${countOf(pair.sentences, 'sentence')}:`
  const alphaOf = (label: string): Figure | undefined => alphaByLabel.find((own) => own.label === label)?.alpha
  const spans = formatTable(
    ['spans', 'number', 'F1 exact', 'F1 overlapping', 'kappa', 'alpha of all'],
    [
      ['all', pair.spans.exact.units, show(pair.spans.exact), show(pair.spans.overlapping), show(pair.spans.kappa), ''],
      ...pair.labels.map(({ label, exact, overlapping, kappa }): Cell[] => {
        const alpha = alphaOf(label)
        return [label, exact.units, show(exact), show(overlapping), show(kappa), alpha ? show(alpha) : '']
      }),
    ],
  )
  const rows = [{ type: 'all', relations: pair.relations }, ...pair.relationTypes]
  const relations = formatTable(
    ['relations between spans of both', 'number', 'F1'],
    rows.map(({ type, relations: figure }) => [type, figure.units, show(figure)]),
  )
  return [title, spans, '', relations]
}

function describeDisagreements({ confused, costly, days }: AgreementReport): string[] {
  const pairs = confused.slice(0, 10).map(({ labels, count }) => `  ${labels.join(' or ')}: ${countOf(count, 'time')}`)
  const sentences = costly
    .slice(0, 10)
    .map(({ sentenceId, differences, text }) => `  ${sentenceId}: ${countOf(differences, 'difference')}: ${text}`)
  const table = formatTable(
    ['day (UTC)', 'sentences', 'F1 exact'],
    days.map(({ day, sentences: count, exact }) => [day, count, exact.value === null ? '' : percent(exact.value)]),
  )
  return [
    ...(pairs.length > 0 ? ['', 'Labels given to the same words or spans:', ...pairs] : []),
    ...(sentences.length > 0 ? ['', 'Sentences with the most differences, by their ids:', ...sentences] : []),
    ...(days.length > 0 ? ['', table] : []),
  ]
}

const percent = (share: number): string => (100 * share).toFixed(1)

/** "81.2 [75.0, 86.1]", or why there is none. */
function show({ value, interval, missing }: Figure): string {
  if (value === null) return `none (${missing ?? ''})`
  return interval ? `${percent(value)} [${percent(interval.low)}, ${percent(interval.high)}]` : percent(value)
}
