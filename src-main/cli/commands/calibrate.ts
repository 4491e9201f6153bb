/** espalier calibrate: how right the probabilities of a run are, before and after calibration, and which precision costs how much recall. */
import { InvalidArgumentError, Option, type Command } from 'commander'
import { describeChoice, howMeasured } from '#main/evaluation/describe-calibration'
import type { CalibrationCheck, CheckedPrecision } from '#main/evaluation/calibration-check'
import type { Reliability } from '#main/evaluation/reliability'
import { formatTable } from '#main/text/aligned-table'
import { countOf } from '#main/text/numbers'
import { findRun, runArgument } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly split: 'dev' | 'test'
  readonly precision: readonly number[]
  readonly relations?: true
}

export function addCalibrate(program: Command): Command {
  return program
    .command('calibrate')
    .description(
      'measure on dev how often triples of a probability are right, calibrate it, and show what thresholds for a precision give; status 1 when there is no dev',
    )
    .argument('<run>', runArgument)
    .addOption(
      new Option('--split <split>', 'test: show what the calibration and the thresholds of dev are worth on test')
        .choices(['dev', 'test'])
        .default('dev'),
    )
    .option('--precision <shares>', 'precisions to choose thresholds for', toShares, [0.8, 0.9, 0.95])
    .option('--relations', 'list the threshold of each relation type')
    .action((name: string, { split, precision, relations, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const { runId, name: runName } = await findRun(client, name)
        const calibration = await client.runs.calibrate({ runId })
        const check = await client.runs.checkCalibration({ runId, split, precisions: [...precision] })
        const { before, after } = split === 'dev' ? calibration : check
        const { guesses: _, ...told } = calibration
        print(
          { calibration: told, check },
          [
            `${runName} on ${split}: ${countOf(check.sentences, 'sentence')}, ${countOf(before.count, 'guess', 'guesses')} of which ${before.right} are right.`,
            split === 'dev' && calibration.kind.method !== 'none'
              ? `${describeChoice(calibration)} ${howMeasured}`
              : describeChoice(calibration),
            errorTable(before, after),
            binTable(before, after),
            precisionTable(check, split),
            ...(relations
              ? check.precisions.map(relationTable)
              : ['--relations lists the threshold of each relation type, with what it rests on.']),
          ].join('\n\n'),
        )
      }),
    )
}

function errorTable(before: Reliability, after: Reliability): string {
  return formatTable(
    ['', 'expected calibration error', 'Brier score'],
    [
      ['before', ...errorsOf(before)],
      ['after', ...errorsOf(after)],
    ],
    (column) => column > 0,
  )
}

/** Errors that nothing was measured for are dashes: 0 would say that all is right. */
function errorsOf({ count, ece, brier }: Reliability): string[] {
  return count === 0 ? [nothing, nothing] : [percent(ece), brier.toFixed(4)]
}

function binTable(before: Reliability, after: Reliability): string {
  const cells = ({ bins }: Reliability, at: number): string[] => {
    const { count = 0, right = 0, meanProbability = 0 } = bins[at] ?? {}
    return count === 0 ? ['0', '', ''] : [String(count), percent(meanProbability), percent(right / count)]
  }
  return formatTable(
    ['probability', 'before', 'stated', 'right', 'after', 'stated', 'right'],
    before.bins.map(({ from, to }, at) => [
      `${from.toFixed(1)} to ${to.toFixed(1)}`,
      ...cells(before, at),
      ...cells(after, at),
    ]),
    (column) => column > 0,
  )
}

function precisionTable({ precisions }: CalibrationCheck, split: string): string {
  const rows = precisions.map(({ thresholds, found, recall }) => {
    const shown = split === 'dev' ? thresholds.heldOut : found
    const missed = Object.values(thresholds.byRelation).filter(({ threshold }) => threshold === null).length
    const { measured, threshold } = thresholds.pooled
    return [
      percent(thresholds.wanted),
      shown.of === 0 ? 'none found' : percent(shown.share),
      shown.of === 0 ? nothing : `${percent(shown.low)} to ${percent(shown.high)}`,
      shown.of === 0 ? nothing : percent(split === 'dev' ? thresholds.recall : recall),
      threshold === null ? 'not reached' : threshold.toFixed(3),
      threshold === null ? nothing : countOf(measured.of, 'triple'),
      `${Object.keys(thresholds.byRelation).length}${missed === 0 ? '' : `, ${missed} not reached`}`,
    ]
  })
  const note =
    split === 'dev'
      ? 'Precision and recall on each fifth of dev with thresholds that the other four chose'
      : 'Precision and recall on test with the thresholds of dev'
  return [
    formatTable(
      [
        ...['wanted', 'precision', '95 % interval (Wilson)', 'recall'],
        ...['pooled threshold', 'rests on', 'relation types with their own'],
      ],
      rows,
      (column) => column < 6,
    ),
    `${note}. Relation types with few triples share the pooled threshold; of those that do not reach the precision nothing is extracted.`,
  ].join('\n')
}

function relationTable({ thresholds: { wanted, byRelation, pooled, pooledOver } }: CheckedPrecision): string {
  const shared = Object.keys(pooledOver).length
  const all = [...Object.entries(byRelation), [`${countOf(shared, 'relation type')} with few triples`, pooled] as const]
  const rows = all.map(([relation, { threshold, measured }]) => [
    relation,
    threshold === null ? 'not reached' : threshold.toFixed(3),
    `${measured.right} of ${measured.of}`,
    measured.of === 0 ? nothing : `${percent(measured.low)} to ${percent(measured.high)}`,
  ])
  return formatTable(
    [`for ${percent(wanted)}`, 'threshold', 'right on dev', '95 % interval (Wilson)'],
    rows,
    (column) => column > 0,
  )
}

/** Stands where nothing was measured. */
const nothing = '–'

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** @throws InvalidArgumentError naming what was expected. */
function toShares(text: string): number[] {
  return text.split(',').map((part) => {
    const share = Number(part)
    if (part.trim() === '' || !(share > 0 && share < 1))
      throw new InvalidArgumentError(`Found "${part}"; shares between 0 and 1 are expected, such as 0.9,0.95.`)
    return share
  })
}
