/** Merges a returned package: what its person reviewed becomes their layer, all of it at once; what cannot be is told and left out. */
import { setImmediate } from 'node:timers/promises'
import type { CallInputs } from '#main/api/handlers'
import { AppError } from '#main/core/errors'
import { openCorpus } from '#main/corpora/read-corpus'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { MergeReport } from '#main/document/merge-report'
import type { LabelSet } from '#main/labels/label-set'
import { digestOfDoc, type Assignment } from '#main/storage/assignment-repository'
import type { ReturnedSentence } from '#main/storage/merged-layers'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { readPackage } from './open-package.ts'
import { nameOfFile, type PackageFile } from './package-file.ts'

type MergeRequest = CallInputs['team']['merge']

/** Number of conflicts that are told one by one. */
const mostTold = 50

/** Number of documents that are compared together. */
const pageLength = 200

export async function mergePackage(
  context: ServiceContext,
  { corpusId, file, how }: MergeRequest,
  signal = new AbortController().signal,
): Promise<MergeReport> {
  const { workspace } = context
  const package_ = await readPackage(context, file, signal)
  const assignment = assignmentOf(context, corpusId, nameOfFile(file), package_)
  const { taken, ...found } = await compare(context, assignment, package_, signal)
  const { returned } = package_.manifest
  if (how === 'preview' || !returned) return found
  if (found.conflicting > 0 && how === 'whole')
    throw new AppError(
      'conflict',
      `Nothing was merged, because ${countOf(found.conflicting, 'sentence')} cannot be: ${found.conflicts.join(' ')} Merge the others alone, or mend this first.`,
    )
  workspace.assignments.merge(assignment.packageId, returned, taken)
  context.emit({ type: 'corpora-changed' })
  for (const { sentenceId } of taken.slice(0, mostTold)) context.emit({ type: 'annotation-changed', sentenceId })
  return { ...found, isMerged: true }
}

/** @throws AppError where the package as a whole cannot be merged into the corpus. */
function assignmentOf(
  { workspace: { assignments, corpora } }: ServiceContext,
  corpusId: number,
  name: string,
  { manifest }: PackageFile,
): Assignment {
  const { name: corpus } = corpora.find(corpusId)
  const found = assignments.find(manifest.packageId)
  if (!found)
    throw new AppError(
      'invalid-input',
      `${name} was assigned from the corpus "${manifest.corpus}" of another workspace, or its assignment was removed. Merge it where it was written.`,
    )
  if (found.corpusId !== corpusId)
    throw new AppError(
      'invalid-input',
      `${name} is of the corpus "${manifest.corpus}", not of ${corpus}. Merge it there.`,
    )
  if (!manifest.returned)
    throw new AppError(
      'invalid-input',
      `${name} is the package as it was assigned to ${manifest.person}. Merge the file that "Return…" writes after annotating.`,
    )
  if (found.merged && manifest.returned.atMs < found.merged.atMs)
    throw new AppError(
      'conflict',
      `${name} is older than the return of ${manifest.person} that was merged already, so it would undo later work. Merge the latest one.`,
    )
  return found
}

interface Compared extends MergeReport {
  readonly taken: readonly ReturnedSentence[]
}

async function compare(
  { workspace }: ServiceContext,
  assignment: Assignment,
  { manifest, corpus }: PackageFile,
  signal: AbortSignal,
): Promise<Compared> {
  const labels = namesOf(workspace.labels.get(assignment.corpusId))
  const counts = { open: 0, begun: 0, added: 0, updated: 0, same: 0 }
  const taken: ReturnedSentence[] = []
  const conflicts: string[] = []
  let conflicting = 0
  const seen = new Set<number>()
  const take = (page: readonly AnnotatedDoc[]): void => {
    const ids = page.map(({ id }) => Number(id)).filter(Number.isSafeInteger)
    const home = workspace.assignments.assigned(assignment.packageId, ids)
    const foreign = new Set(workspace.assignments.withOtherLayer(assignment.person, ids))
    const present = workspace.assignments.present(assignment.person, ids)
    for (const doc of page) {
      const sentenceId = Number(doc.id)
      const [annotation] = doc.annotations
      const conflict = seen.has(sentenceId)
        ? `Sentence ${doc.id} stands twice in the package.`
        : whyNot(doc, home.get(sentenceId), foreign.has(sentenceId), labels, assignment)
      seen.add(sentenceId)
      if (conflict !== null) {
        conflicting++
        if (conflicts.length < mostTold) conflicts.push(conflict)
      } else if (!annotation?.review.isReviewed) {
        counts.open++
        if (annotation && annotation.history.length > 0) counts.begun++
      } else {
        const former = present.get(sentenceId)
        const isSame = former === JSON.stringify(annotation)
        counts[former === undefined ? 'added' : isSame ? 'same' : 'updated']++
        if (!isSame) taken.push({ sentenceId, annotation })
      }
    }
  }
  const reading = await openCorpus(corpus, { format: 'jsonl' }, { signal })
  let page: AnnotatedDoc[] = []
  for await (const { doc } of reading.docs) {
    page.push(doc)
    if (page.length < pageLength) continue
    take(page)
    page = []
    await setImmediate()
  }
  take(page)
  const { rejected } = reading.report().counts
  if (rejected > 0) conflicts.push(`${countOf(rejected, 'sentence')} of the package cannot be read.`)
  return { manifest, ...counts, conflicts, conflicting: conflicting + rejected, isMerged: false, taken }
}

/** Why a sentence cannot be merged, as a sentence; null where it can. */
function whyNot(
  doc: AnnotatedDoc,
  home: { readonly assigned: string; readonly present: string | null } | undefined,
  hasOtherLayer: boolean,
  labels: ReturnType<typeof namesOf>,
  { corpus, person }: Assignment,
): string | null {
  const name = `Sentence ${doc.id} ("${doc.text.length > 40 ? `${doc.text.slice(0, 39)}…` : doc.text}")`
  if (!home) return `${name} was not assigned in this package.`
  if (home.present === null) return `${name} is not in ${corpus} any more.`
  if (home.present !== home.assigned) return `${name} was changed in ${corpus} after it was assigned: assign it again.`
  if (digestOfDoc(doc) !== home.assigned) return `${name} has other words than the one that was assigned.`
  const [annotation] = doc.annotations
  const unknown =
    annotation?.spans.find(({ label }) => !labels.entityTypes.has(label))?.label ??
    annotation?.relations.find(({ type }) => !labels.relationTypes.has(type))?.type
  if (unknown !== undefined) return `${name} uses the label ${unknown}, which ${corpus} does not have: add it there.`
  if (hasOtherLayer) return `${name} has a layer of ${person} already that came with a file, not in a package.`
  return null
}

function namesOf({ entityTypes, relationTypes }: LabelSet) {
  return {
    entityTypes: new Set(entityTypes.map(({ name }) => name)),
    relationTypes: new Set(relationTypes.map(({ name }) => name)),
  }
}
