/** espalier results: what an extraction found, filtered, grouped, compared with another one, exported. */
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { resultFormats, type ResultFormat } from '#main/api/results'
import type { ExtractionSummary } from '#main/document/extracted-document'
import { rowSorts, type ComparedResults } from '#main/document/extracted-row'
import { formatTable } from '#main/text/aligned-table'
import { formatMoment } from '#main/text/moment'
import { countOf } from '#main/text/numbers'
import { findExtraction } from '../find-extraction.ts'
import { Misuse } from '../misuse.ts'
import { filterOf, printEntities, printPairs, printRows, type ResultOptions } from '../print-results.ts'
import { withSession, type Session } from '../session.ts'

export function addResults(program: Command): Command {
  return program
    .command('results')
    .description('show what an extraction found: triples, pairs, entities; compare two; export')
    .argument('[job]', 'number of its job, or its title for the latest of that title; without it they are listed')
    .option('--relation <name>', 'only of this relation')
    .option('--subject-type <type>', 'only with a subject of this type')
    .option('--object-type <type>', 'only with an object of this type')
    .option('--min <probability>', 'only from this probability, 0 to 1', probability)
    .option('--max <probability>', 'only to this probability, 0 to 1', probability)
    .option('--document <name>', 'only of documents whose name begins so; the name of a file has all of its documents')
    .option('--search <words>', 'only with these words in the sentence')
    .option('--names', 'with --search: the words stand in the name of the subject or object')
    .addOption(new Option('--sort <order>', 'order of the triples').choices([...rowSorts]).default('order'))
    .option('--descending', 'turn the order round')
    .addOption(
      new Option(
        '--group <by>',
        'pairs with their support, the best first and of equal ones those found last, or entities',
      ).choices(['pair', 'entity']),
    )
    .option('--conflicts', 'with --group pair: only pairs that another one contradicts')
    .option('--compare <job>', 'count what only one of two extractions of the same input has')
    .option('--limit <rows>', 'most rows to print; 0 for all', count, 100)
    .addOption(new Option('--export <format>', 'write the triples to a file or folder').choices([...resultFormats]))
    .option('--output <path>', 'with --export: where to')
    .option('--replace', 'with --export: take the place of what is there')
    .action((job: string | undefined, options: ResultOptions) =>
      withSession(options, async (session) => {
        refuseMisuse(job, options)
        const all = await session.client.extraction.list()
        if (job === undefined) return session.print(all, describeAll(all))
        const found = findExtraction(all, job)
        await untilListed(session, found)
        await refuseUnknown(session, found, options)
        if (options.compare !== undefined) return compare(session, found, findExtraction(all, options.compare))
        if (options.export) return exportRows(session, found, options, options.export)
        if (options.group === 'pair') return printPairs(session, found, options)
        if (options.group === 'entity') return printEntities(session, found, options)
        return printRows(session, found, options)
      }),
    )
}

function probability(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('Give a probability from 0 to 1.')
  return value
}

function count(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('Give a whole number, 0 for all.')
  return value
}

/** Options that `--group` does not look at: one that is passed over would show more than was asked for. */
const notOf = {
  pair: ['subjectType', 'objectType', 'max', 'document', 'names', 'descending'],
  entity: ['relation', 'subjectType', 'objectType', 'min', 'max', 'document', 'names', 'descending'],
} as const satisfies Record<string, readonly (keyof ResultOptions)[]>

function passedOver(options: ResultOptions): string | null {
  const { group } = options
  const found = group && notOf[group].find((name) => options[name] !== undefined)
  if (!found) return null
  const flag = found.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)
  return `--${flag} does not go with --group ${group}: list the triples with it instead.`
}

function refuseMisuse(job: string | undefined, options: ResultOptions): void {
  const { export: format, output, conflicts, group, names, search } = options
  const wrong =
    job === undefined && (format !== undefined || group !== undefined)
      ? 'Name the job of the extraction.'
      : format !== undefined && output === undefined
        ? 'Name a file with --output.'
        : format === undefined && output !== undefined
          ? 'Name a format with --export.'
          : conflicts && group !== 'pair'
            ? '--conflicts goes with --group pair.'
            : names && search === undefined
              ? '--names goes with --search.'
              : passedOver(options)
  if (wrong !== null) throw new Misuse(wrong)
}

/** Waits until what was extracted can be searched; what is still being extracted is not waited for. */
async function untilListed({ client, progress }: Session, { extractionId, title }: ExtractionSummary): Promise<void> {
  const { documents } = await client.results.facts({ extractionId })
  for (;;) {
    const { listed } = await client.results.facts({ extractionId })
    if (listed >= documents) return progress.clear()
    progress.show({
      ...{ taskId: 'list', kind: 'extraction', title: `list ${title}`, state: 'running', secondsLeft: null },
      ...{ detail: `${listed} of ${countOf(documents, 'document')}`, fraction: listed / Math.max(1, documents) },
    })
    await sleep(200)
  }
}

/** @throws Misuse naming those that there are, where no triple has the relation or the types that are asked for. */
async function refuseUnknown({ client }: Session, { extractionId, title }: ExtractionSummary, options: ResultOptions) {
  const { relation, subjectType, objectType } = options
  if ((relation ?? subjectType ?? objectType) === undefined) return
  const { relations, types } = await client.results.facts({ extractionId })
  const refuse = (kind: string, asked: string | undefined, known: readonly string[]): void => {
    if (asked === undefined || known.includes(asked)) return
    const there = known.length === 0 ? 'It has none.' : `There are: ${known.join(', ')}.`
    throw new Misuse(`No triple of ${title} has the ${kind} "${asked}". ${there}`)
  }
  const named = relations.map((one) => one.relation)
  refuse('relation', relation, named)
  const ofSubjects = types.filter(({ subjects }) => subjects > 0)
  const ofObjects = types.filter(({ objects }) => objects > 0)
  refuse(
    'subject type',
    subjectType,
    ofSubjects.map(({ type }) => type),
  )
  refuse(
    'object type',
    objectType,
    ofObjects.map(({ type }) => type),
  )
}

async function compare({ client, print }: Session, here: ExtractionSummary, there: ExtractionSummary): Promise<void> {
  const against = { extractionId: there.extractionId }
  const compared = await client.results.compare({ extractionId: here.extractionId, against })
  print(compared, describeCompared(compared))
}

function describeCompared({ relations, ...sums }: ComparedResults): string {
  const cells = (row: Omit<ComparedResults, 'relations'>) => [row.onlyHere, row.onlyThere, row.changed, row.both]
  return formatTable(
    ['relation', 'only here', 'only there', 'other probability', 'in both'],
    [...relations.map((row) => [row.relation, ...cells(row)]), ['all', ...cells(sums)]],
  )
}

async function exportRows(
  { client, report }: Session,
  { extractionId }: ExtractionSummary,
  options: ResultOptions,
  format: ResultFormat,
): Promise<void> {
  const place = path.resolve(options.output ?? '')
  const request = { extractionId, format, filter: filterOf(options), path: place, replace: options.replace ?? false }
  const file = await client.results.export({ ...request, taskId: crypto.randomUUID() })
  report(
    place,
    file,
    [`${place} has ${countOf(file.triples, 'triple')}.`, ...file.losses.map((loss) => `  ${loss}`)].join('\n'),
  )
}

function describeAll(all: readonly ExtractionSummary[]): string {
  if (all.length === 0) return 'Nothing was extracted yet. The command "extract" does it.'
  return formatTable(
    ['job', 'title', 'run', 'status', 'documents', 'triples', 'not read', 'begun'],
    all.map((one) => [
      ...[one.jobId, one.title, one.runName, one.status, one.documents, one.triples, one.failures],
      formatMoment(one.createdMs),
    ]),
  )
}
