/** espalier sample: draws triples of an extraction for a person to check, and reports what was found; the checking is done in the window. */
import { InvalidArgumentError, type Command } from 'commander'
import { AppError } from '#main/core/errors'
import type { ExtractionSummary } from '#main/document/extracted-document'
import type { CheckedShare } from '#main/evaluation/check-report'
import type { ShownReport } from '#main/api/samples'
import { formatTable } from '#main/text/aligned-table'
import { formatMoment } from '#main/text/moment'
import { countOf } from '#main/text/numbers'
import { findExtraction } from '../find-extraction.ts'
import { Misuse } from '../misuse.ts'
import { readSeed } from '../read-seed.ts'
import { withSession, type GlobalOptions, type Session } from '../session.ts'

interface Options extends GlobalOptions {
  readonly draw?: number
  readonly seed?: number
  readonly byRelation?: true
}

export function addSample(program: Command): Command {
  return program
    .command('sample')
    .description(
      'report on the check samples of an extraction: its precision with an interval, beside what calibration promised; --draw draws one, which is marked in Extract',
    )
    .argument('[job]', 'number of the job of the extraction, or its title; left out, the latest one')
    .option('--draw <triples>', 'draw a new sample of so many triples', toCount)
    .option('--seed <number>', 'with --draw: its seed (default: 1)', readSeed)
    .option('--by-relation', 'with --draw: the same share for each relation type')
    .action((job: string | undefined, { draw, seed, byRelation, ...options }: Options) =>
      withSession(options, async (session) => {
        const { client, print } = session
        if (draw === undefined && (seed !== undefined || byRelation))
          throw new Misuse('--seed and --by-relation go with --draw.')
        const { extractionId, title } = await extractionOf(session, job)
        if (draw !== undefined) {
          const asked = { size: draw, seed: seed ?? 1, byRelation: byRelation ?? false }
          const sample = await client.samples.draw({ extractionId, ...asked })
          return print(
            sample,
            `Sample ${sample.sampleId}: ${countOf(sample.size, 'triple')} of ${title}, seed ${asked.seed}${sample.size < draw ? ', all that there are' : ''}. Mark them in Extract, under "Check a sample".`,
          )
        }
        const samples = await client.samples.list({ extractionId })
        const reports = await Promise.all(samples.map(({ sampleId }) => client.samples.report({ sampleId })))
        print(
          reports,
          reports.length === 0
            ? `${title} has no check sample. Draw one with --draw 100.`
            : reports.map(describe).join('\n\n'),
        )
      }),
    )
}

async function extractionOf({ client }: Session, job: string | undefined): Promise<ExtractionSummary> {
  const all = await client.extraction.list()
  if (job !== undefined) return findExtraction(all, job)
  const [latest] = all
  if (!latest) throw new AppError('not-found', 'There is no extraction yet. Extract something first.')
  return latest
}

function describe({ sample, summary, byRelation }: ShownReport): string {
  const { sampleId, size, judged, seed, createdMs } = sample
  const how = sample.byRelation ? ', by relation type' : ''
  const cells = ({ right, wrong, unsure, precision, low, high, promised }: CheckedShare): (string | number)[] => [
    ...[right, wrong, unsure],
    precision === null ? '' : percent(precision),
    precision === null ? '' : `${percent(low)} to ${percent(high)}`,
    promised === null ? '' : percent(promised),
  ]
  return [
    `Sample ${sampleId}: ${judged} of ${countOf(size, 'triple')} judged, drawn on ${formatMoment(createdMs)} with seed ${seed}${how}.\n${summary}`,
    ...(judged === 0
      ? []
      : [
          formatTable(
            ['relation type', 'triples', 'right', 'wrong', 'unsure', 'precision', '95 % interval', 'promised'],
            byRelation
              .filter(({ right, wrong, unsure }) => right + wrong + unsure > 0)
              .map((row) => [row.relation, row.triples, ...cells(row)]),
            (column) => column > 0,
          ),
        ]),
  ].join('\n\n')
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

function toCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 5000)
    throw new InvalidArgumentError(`Found "${text}"; a number of triples is expected, 1 to 5000.`)
  return count
}
