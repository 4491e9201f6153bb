/** The job of an extraction: its inputs group by group, each stored and written together with how far it is. */
import type { ExtractionRequest } from '#main/api/extraction'
import { AppError } from '#main/core/errors'
import { describeDrift, driftOf } from '#main/evaluation/drift'
import type { ExtractionSummary } from '#main/document/extracted-document'
import type { ExtractionRules } from '#main/evaluation/extraction-rules'
import { amongOthers, type JobKind, type JobWork } from '#main/jobs/job-kind'
import type { Run } from '#main/runs/run'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import type { RowListing } from '../results/row-listing.ts'
import type { Predictor } from '../runs/predictor.ts'
import { extractionWriters } from './extraction-writers.ts'
import { groupInputs, readInputs, type InputPlace } from './extraction-inputs.ts'
import { openExtractionSources } from './extraction-sources.ts'
import { likeTraining } from './like-training.ts'
import { createReadDocs } from './read-docs.ts'
import { createGroupReader } from './read-group.ts'
import { overlapping } from './overlapping.ts'
import { discardResults, openResultsFile, publishResults } from './results-file.ts'
import { readingBy } from './rule-reading.ts'
import type { ExtractionRulesMaker } from './rules.ts'
import { addSeen, createLookAt, describeLeftOut, nothingSeen, type SeenText } from './seen-text.ts'
import { trainedRun } from '../runs/trained-run.ts'

/** A request, and the extraction that it fills. */
export interface ExtractSpec extends ExtractionRequest {
  readonly extractionId: number
}

/** How far an extraction is: behind a group of inputs. */
interface ExtractCursor {
  readonly place: InputPlace
  /** Number of groups that are done. */
  readonly groups: number
  readonly sentences: number
  /** Amount that was read of all inputs together. */
  readonly read: number
  /** Number of bytes in the file of the results. */
  readonly written: number
  /** Digest by which a job that goes on sees that its inputs are still the same. */
  readonly inputs: string
  /** Profile of the texts that were predicted, with what was found in them; left out by older versions. */
  readonly seen?: SeenText
  /** Are all inputs done, so that the file only has to get its name? */
  readonly isComplete: boolean
}

/** Sentences of the first group: few, so that the first triples come soon. */
const firstGroup = 64

/** Sentences of a large group: few enough for a steady flow and little memory, enough that saving it is a small part. */
const largestGroup = 1024

/** Number of groups that are predicted, or wait to be written, at a time: enough that no thread waits for the next. */
const groupsAtOnce = 3

const sizeOfGroup = (group: number): number => Math.min(largestGroup, firstGroup * 2 ** Math.min(group, 30))

export interface ExtractParts {
  readonly predictor: Predictor
  readonly rules: ExtractionRulesMaker
  readonly listing: RowListing
}

/** Milliseconds that a group waits for more of what somebody is still writing. */
const patienceMs = 50

export function createExtractKind(context: ServiceContext, { predictor, rules, listing }: ExtractParts): JobKind {
  const { workspace } = context
  const readDocs = createReadDocs(context)

  async function extract(spec: ExtractSpec, former: ExtractCursor | null, work: JobWork<ExtractCursor>): Promise<void> {
    const { output, extractionId, settings, format, encoding } = spec
    const run = trainedRun(workspace, spec.runId)
    const choice = { format, encoding, settings: likeTraining(run, settings) }
    const sources = await openExtractionSources(context, spec, choice, work.signal)
    refuseChanged(former, sources.identity)
    for (const note of sources.leftOut) work.note(note)
    work.total(sumOf(sources.files.map(({ size }) => size)))
    const writer = output && extractionWriters[output.format]
    const chosen = await rulesOf(spec, run, work)
    const reading = readingBy(chosen)
    const lookAt = await createLookAt(context, run, chosen)
    const session = await predictor.open(run)
    const file = output && (await openResultsFile(output.path, former?.written ?? 0))
    const left = new AbortController()
    const signal = AbortSignal.any([work.signal, left.signal])
    try {
      if (file?.written === 0 && writer?.head) await file.append([writer.head])
      let cursor: ExtractCursor = former ?? beginning(sources.identity)
      /** Number of sentences that were predicted and are not saved yet. */
      let unsaved = 0
      const tell = (): void => work.progress(cursor.read, countOf(cursor.sentences + unsaved, 'sentence'))
      const { readGroup, forget } = createGroupReader(workspace.extractions, run.runId, (docs, told) =>
        readDocs(run, session, docs, { ...told, signal, reading }),
      )
      const inputs = readInputs(sources.files, cursor.place, signal)
      const isGrowing = spec.files.some((each) => 'path' in each && each.writerId !== undefined)
      const groups = groupInputs(inputs, sizeOfGroup, cursor.groups, isGrowing ? patienceMs : null)
      const read = overlapping(groups, groupsAtOnce, async (group) => {
        let predicted = 0
        let seen = nothingSeen
        const documents = await readGroup(extractionId, group, {
          progress(done) {
            unsaved += done - predicted
            predicted = done
            tell()
          },
          async onRead(...found) {
            seen = await lookAt(...found, signal)
          },
        })
        const last = group.inputs.at(-1)
        // the texts and words of the group are let go before what was found in them is written
        return { sentences: group.sentences, next: last?.next, read: last?.read, documents, predicted, seen }
      })
      for await (const { sentences, next, documents, predicted, ...group } of read) {
        if (file && writer) await file.append(documents.values().flatMap(({ document }) => writer.pieces(document)))
        cursor = {
          ...cursor,
          place: next ?? cursor.place,
          groups: cursor.groups + 1,
          sentences: cursor.sentences + sentences,
          read: group.read ?? cursor.read,
          written: file?.written ?? 0,
          seen: addSeen(cursor.seen ?? nothingSeen, group.seen),
        }
        work.save(cursor, cursor.read, () => workspace.extractions.addDocuments(extractionId, documents))
        forget(documents)
        unsaved -= predicted
        tell()
        listing.wake(extractionId)
        context.emit({ type: 'extractions-changed' })
      }
      const seen = cursor.seen ?? nothingSeen
      const drift = chosen.usual && driftOf(chosen.usual, seen.profile, seen.relations)
      const remarks = [
        drift && describeDrift(drift),
        describeLeftOut(seen),
        describeUnread(standing(extractionId)),
      ].filter((remark) => remark !== null)
      for (const remark of remarks) work.note(remark)
      work.save({ ...cursor, isComplete: true }, cursor.read, () =>
        workspace.extractions.keepDrift(extractionId, drift, [...chosen.remarks, ...remarks]),
      )
    } finally {
      left.abort() // what is still predicted is for nobody
      session.close()
      await file?.close()
    }
  }

  function standing(extractionId: number): ExtractionSummary {
    const found = workspace.extractions.find(extractionId)
    if (!found) throw new AppError('not-found', `There is no extraction ${extractionId} any more.`)
    return found
  }

  /** An extraction that has read nothing has nothing to keep: it begins again, with what was put right meanwhile. */
  function placeToGoOn({ extractionId }: ExtractSpec, cursor: ExtractCursor | null): ExtractCursor | null {
    const { documents, failures } = standing(extractionId)
    if (cursor === null || failures < documents) return cursor
    workspace.extractions.clear(extractionId)
    return null
  }

  /** @throws AppError 'invalid-input' where every document failed: nothing was extracted, and no file is left. */
  async function refuseUnread({ extractionId, output }: ExtractSpec): Promise<void> {
    const { documents, failures } = standing(extractionId)
    if (documents === 0 || failures < documents) return
    if (output) await discardResults(output.path)
    const [first] = workspace.extractions.failures(extractionId, null, 1).documents
    const reason = first?.failure ?? 'no reason is known.'
    throw new AppError(
      'invalid-input',
      `${documents === 1 ? 'The only document could not be read' : `None of the ${countOf(documents, 'document')} could be read. The first`}: ${first && !reason.startsWith(first.document) ? `${first.document}: ` : ''}${reason}`,
    )
  }

  /** Those that it began with: one that goes on chooses as before, whatever became of the run meanwhile. */
  async function rulesOf(spec: ExtractSpec, run: Run, work: JobWork<ExtractCursor>): Promise<ExtractionRules> {
    const { extractionId, precision = null, pairRule = 'any' } = spec
    const kept = workspace.extractions.rules(extractionId)?.rules
    if (kept) return kept
    const made = await rules.prepare(run, { precision, pairRule }, work.signal)
    workspace.extractions.keepRules(extractionId, made)
    for (const remark of made.remarks) work.note(remark)
    return made
  }

  return amongOthers<ExtractSpec, ExtractCursor>({
    ...{ name: 'extract', resource: 'compute' },
    async run(spec, saved, work) {
      const cursor = placeToGoOn(spec, saved)
      const uploadIds = spec.files.flatMap((file) => ('uploadId' in file ? [file.uploadId] : []))
      const releases = cursor?.isComplete ? [] : uploadIds.map((uploadId) => context.uploads.hold(uploadId))
      try {
        if (!cursor?.isComplete) await extract(spec, cursor, work)
      } finally {
        for (const release of releases) release()
      }
      await refuseUnread(spec)
      if (spec.output) await publishResults(spec.output.path)
      for (const uploadId of uploadIds) await context.uploads.remove(uploadId).catch(() => undefined) // swept later
    },
  })
}

function beginning(inputs: string): ExtractCursor {
  return { place: { file: 0, input: 0 }, groups: 0, sentences: 0, read: 0, written: 0, inputs, isComplete: false }
}

function describeUnread({ documents, failures }: ExtractionSummary): string | null {
  if (failures === 0) return null
  return `${failures} of ${countOf(documents, 'document')} could not be read; the results list ${failures === 1 ? 'it with the reason' : 'them with the reasons'}.`
}

function refuseChanged(former: ExtractCursor | null, identity: string): void {
  if (former && former.inputs !== identity)
    throw new AppError(
      'conflict',
      'What this extraction reads has changed since it began: something is new, gone or of another size. Put it back as it was, or extract again.',
    )
}

function sumOf(sizes: readonly (number | null)[]): number | null {
  return sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
}
