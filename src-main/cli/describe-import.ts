/** Report of what an import did or would do, in lines to read. */
import type { ImportReport } from '#main/api/imports'
import { splits } from '#main/document/doc'
import { splittingLabel } from '#main/document/corpus-summary'
import { countOf } from '#main/text/numbers'
import { typedSetting } from './read-options.ts'

/** Files that are named one by one. */
const mostNamed = 10

interface Choice {
  readonly corpus: string
  readonly isDryRun: boolean
}

export function describeImport(report: ImportReport, choice: Choice): string {
  if (report.refusal !== null && report.sentences === 0) return 'Nothing can be imported.'
  const { triples, spans, relationTypes, accepted, repaired, rejected, ambiguousAnchors, unanchored } = report
  const types = countOf(relationTypes, 'relation type')
  return [
    describePlaces(report, choice),
    ...describeEvidence(report),
    `${countOf(triples, 'unique triple')} of ${types}, ${countOf(spans, 'span')}.`,
    ...(report.layers.length > 0 ? [`By others, kept as layers: ${report.layers.join('; ')}.`] : []),
    `Records: ${accepted} accepted, ${repaired} repaired, ${rejected} rejected.`,
    ...describeSplittings(report),
    ...(report.repairs.length > 0 ? [`Repaired: ${report.repairs.join('; ')}.`] : []),
    ...(report.repeats.length > 0 ? [`Taken once: ${report.repeats.join(', ')}.`] : []),
    `Anchors: ${ambiguousAnchors} ambiguous, ${countOf(unanchored, 'triple')} whose strings do not stand in their sentence.`,
    ...report.offers.map(({ setting, message }) => `${message}. To read it so: ${typedSetting(setting)}`),
    ...report.lostOnExport.map((loss) => `An export in this format: ${loss}.`),
  ].join('\n')
}

/** Evidence for the format of each file, where they are few enough to be looked at. */
function describeEvidence({ files }: ImportReport): string[] {
  if (files.length > mostNamed) return []
  return files.flatMap(({ name, format, evidence }) =>
    evidence === null ? [] : [`${name} is read as ${format}: it has ${evidence}.`],
  )
}

/** By the rules of which languages the texts are split; nothing where the files give the words. */
function describeSplittings({ splittings }: ImportReport): string[] {
  const found = splittings.filter(({ splitting }) => splitting !== null)
  const named = found.map((one) => `${splittingLabel(one)} (${countOf(one.documents, 'document')})`)
  return named.length === 0 ? [] : [`Words and sentences by the rules of: ${named.join('; ')}.`]
}

/** Splits that the sentences go to, file by file where they differ. */
function describePlaces(report: ImportReport, { corpus, isDryRun }: Choice): string {
  const { sentences, splits: sizes, ownSplit, format, refusal, files } = report
  const count = countOf(sentences, 'sentence')
  const start = isDryRun ? `Would import ${refusal === null ? '' : 'nothing of '}${count}` : `Imported ${count}`
  const [only, ...others] = splits.filter((name) => sizes[name] > 0)
  if (others.length === 0) return `${start} into ${only ?? files[0]?.split ?? 'train'} of "${corpus}" (${format}).`
  const places = splits.filter((name) => sizes[name] > 0).map((name) => `${sizes[name]} into ${name}`)
  const named = files.length <= mostNamed ? files.map(({ name, split }) => `${name} to ${split}`).join(', ') : ''
  const reason =
    ownSplit === 0
      ? named
      : ownSplit === sentences
        ? 'as the file says'
        : `the file itself names the split of ${countOf(ownSplit, 'sentence')}`
  return `${start} into "${corpus}" (${format}): ${places.join(', ')}${reason === '' ? '' : `; ${reason}`}.`
}

/** Why a command ends with a status although it imported something. */
export function describeLeftOut(rejected: number): string {
  return `${countOf(rejected, 'record was', 'records were')} left out and named above. With --strict nothing is imported in such a case.`
}
