/** Run card: a page of Markdown with everything that is needed to trust one run's figures and to repeat them. */
import type { Split } from '#main/document/doc'
import type { Evaluation } from '#main/evaluation/evaluation'
import { describeChanges, describeScoring, type StoredEvaluation } from '#main/evaluation/stored-evaluation'
import { describeChoice } from '#main/evaluation/describe-calibration'
import type { StoredCalibration } from '#main/evaluation/run-calibration'
import { matchModes } from '#main/evaluation/match-mode'
import type { Scores } from '#main/evaluation/scores'
import type { EncoderConfig } from '#main/runs/config'
import type { DataIdentity, MetricPoint, Run } from '#main/runs/run'
import { settingsOfRun } from '#main/runs/run-settings'
import { describeUnlikePreset } from '#main/runs/unlike-preset'
import { meaningOf } from '#main/runs/families/families'
import { showVectors } from '#main/runs/vector-choice'
import { describeSplitting } from '#main/text/splitting'
import { markdownTable } from '#main/text/markdown-table'

interface CardParts {
  readonly run: Run
  /** Name of the run that it started from; null where it started from random weights, or that run is gone. */
  readonly parentName: string | null
  readonly points: readonly MetricPoint[]
  readonly weights: { readonly all: number; readonly withoutVectors: number } | null
  readonly split: Split
  readonly evaluation: StoredEvaluation
  /** Null where the run was not calibrated, or has no relations. */
  readonly calibration: Pick<StoredCalibration, 'kind' | 'tried' | 'before' | 'after' | 'rejected'> | null
  /** Versions of the program and its libraries, by name. */
  readonly versions: Readonly<Record<string, string>>
}

type Row = readonly (string | number)[]

export function formatRunCard(parts: CardParts): string {
  const { run, parentName, points, weights, split, evaluation, calibration, versions } = parts
  const { config, data } = run
  const changes = describeChanges(evaluation)
  const unlike = describeUnlikePreset(run)
  const facts: Row[] = [
    ['Run', run.runId],
    ['Variant', `${config.variant}: ${meaningOf(config.variant)}`],
    ['Preset', config.preset],
    ['Encoder', describeEncoder(config.model.encoder)],
    ...(config.vectors
      ? [['Word vectors', `${fileName(showVectors(config.vectors.file))}, SHA-256 ${config.vectors.sha256}`]]
      : []),
    [
      'Weights',
      weights ? `${weights.all}, ${weights.withoutVectors} without word vectors` : 'not counted: the corpus is gone',
    ],
    ['Device', (run.device ?? 'not known').split(';', 1)[0] ?? ''],
    [
      'Versions',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    [
      'Trained',
      `${new Date(run.createdMs).toISOString().slice(0, 10)}, ${points.length} epochs, best ${run.bestEpoch ?? 'none'}`,
    ],
    [
      'Seconds per epoch',
      `${medianOf(points.map(({ seconds }) => seconds)).toFixed(1)} (median), evaluation not counted`,
    ],
    ...(run.tags?.length ? [['Tags', run.tags.join(', ')]] : []),
    ...(run.fromRunId ? [['Started from', describeParent(run.fromRunId, parentName)]] : []),
  ]
  const settings = settingsOfRun(config).map(({ setting, shown }): Row => [setting.label, shown])
  return [
    `# ${run.name} on ${data.corpusName}`,
    ...(run.note === '' ? [] : [run.note.replaceAll(/^/gm, '> ')]),
    table(['', ''], facts),
    '## Settings',
    table(['setting', 'value'], settings),
    ...(unlike === null ? [] : [unlike]),
    '## Data',
    table(
      ['split', 'sentences', 'triples', 'SHA-256 of words and gold'],
      Object.entries(data.splits).map(([name, part]) => [name, part.sentences, part.triples, part.sha256]),
    ),
    ...(data.splitting ? [`New text is split by the rules of: ${describeSplitting(data.splitting)}.`] : []),
    `## Scores on ${split}`,
    `${evaluation.sentences} sentences, ${evaluation.uniqueTriples} unique triples.`,
    `${describeScoring(evaluation)}.`,
    ...(changes === null ? [] : [`It was ${changes}.`]),
    ...describeChange(data, split, evaluation),
    table(scoreHead, scoreRows(evaluation)),
    ...(calibration ? ['## Calibration', describeCalibration(calibration)] : []),
    '## Epochs',
    table(
      ['epoch', 'loss', 'dev exact F1', 'dev partial F1', 'dev entities F1', 'seconds'],
      points.map(({ epoch, losses, dev, devEntities, seconds: own }) => [
        epoch,
        losses.total.toPrecision(4),
        percent(dev.exact.f1),
        percent(dev.partial.f1),
        percent(devEntities.f1),
        own.toFixed(1),
      ]),
    ),
    ...(run.notes?.length ? ['## Notes of the program', ...run.notes.map((note) => `- ${note}`)] : []),
  ]
    .join('\n\n')
    .concat('\n')
}

function describeCalibration(calibration: NonNullable<CardParts['calibration']>): string {
  const { before, after } = calibration
  if (before.count === 0) return 'The run made no guess on dev, so nothing shows how right its probabilities are.'
  const isCalibrated = calibration.kind.method !== 'none'
  const error = isCalibrated ? `${percent(before.ece)} before, ${percent(after.ece)} after` : percent(before.ece)
  return `${describeChoice(calibration)} Expected calibration error on dev, in percent: ${error}, of ${before.count} guesses.`
}

function describeParent(runId: string, name: string | null): string {
  return name === null ? `${runId}, which is gone` : `${name}, ${runId}`
}

/** Median; the mean of the two middle values of an even number, 0 of none. */
function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}

const scoreHead = ['', 'gold', 'predicted', 'correct', 'P', 'R', 'F1'] as const

function scoreRows({ triples, earlyTriples, entities, breakdowns }: Evaluation): Row[] {
  const row = (label: string, { gold, predicted, correct, precision, recall, f1 }: Scores): Row => [
    ...[label, gold, predicted, correct],
    ...[precision, recall, f1].map(percent),
  ]
  return [
    ...matchModes.map((mode) => row(`triples, ${mode}`, triples[mode])),
    ...(earlyTriples ? [row('early triples, exact', earlyTriples.exact)] : []),
    row('entities', entities.all),
    ...(['exact', 'partial'] as const).flatMap((mode) =>
      breakdowns[mode]
        .filter(({ name }) => name === 'novelty' || name.startsWith('overlap class'))
        .flatMap(({ name, rows }) => rows.map((part) => row(`${mode}, ${name} ${part.label}`, part.scores))),
    ),
  ]
}

/** Sentence about a split that was edited or added after the run was made. */
function describeChange({ splits }: DataIdentity, split: Split, { sha256 }: Evaluation): string[] {
  if (sha256 === undefined || sha256 === splits[split].sha256) return []
  return [`The split has changed since the run was made; what was scored has SHA-256 ${sha256}.`]
}

function describeEncoder(encoder: EncoderConfig): string {
  if (encoder.kind === 'lstm') {
    return 'BiLSTM, sizes below'
  }
  const { sizes, isFrozen, source } = encoder
  return `BERT ${fileName(source.folder)}, ${sizes.layers} x ${sizes.width}, ${isFrozen ? 'frozen' : 'trained'}, SHA-256 ${source.sha256}`
}

/** Name of a file without its folder, which means nothing on another machine. */
const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

const percent = (share: number): string => (100 * share).toFixed(1)

function table(head: readonly string[], rows: readonly Row[]): string {
  return markdownTable(head, rows, (column) => column > 0 && rows.every((row) => isFigure(row[column])))
}

const isFigure = (cell: string | number | undefined): boolean => cell !== undefined && /^-?[\d.]+$/.test(String(cell))
