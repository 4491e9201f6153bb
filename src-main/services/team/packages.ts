/** Packages in the services: sentences are assigned to people, written as files, opened elsewhere, and sent back. */
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { CallInputs, Handlers } from '#main/api/handlers'
import { AppError } from '#main/core/errors'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { dealSentences, type PackageManifest } from '#main/document/assignment'
import { folderOfParts } from '#main/files/folder-sink'
import { isZipPlace, writeNewPlace } from '#main/files/new-place'
import type { ServiceContext } from '../context.ts'
import { runInSlices } from '../slices.ts'
import { openPackage } from './open-package.ts'
import { writePackageFile } from './package-file.ts'
import { selectedIds } from './selected-ids.ts'

type PackageCalls = Pick<
  Handlers['team'],
  | 'assign'
  | 'assignments'
  | 'removeAssignment'
  | 'writePackage'
  | 'preparePackage'
  | 'openPackage'
  | 'package'
  | 'writeReturn'
  | 'prepareReturn'
>

export function createPackages(context: ServiceContext): PackageCalls {
  const { workspace, downloads } = context
  const { assignments, corpora } = workspace
  const outgoing = (packageId: string): Outgoing => {
    const found = assignments.find(packageId)
    if (!found) throw new AppError('not-found', `There is no package ${packageId}. Assign the sentences again.`)
    const { corpusId, merged: _, ...manifest } = found
    return { corpusId, manifest: { ...manifest, returned: null }, pages: () => assignments.docs(packageId) }
  }
  return {
    assign: (request) => assign(context, request),
    assignments: async ({ corpusId }) => assignments.list(corpusId),
    async removeAssignment({ packageId }) {
      outgoing(packageId)
      assignments.remove(packageId)
    },
    writePackage: ({ packageId, path }, signal) => writeTo(context, path, outgoing(packageId), signal),
    preparePackage: ({ packageId }) => prepare(context, outgoing(packageId)),
    openPackage: ({ file, corpus }, signal) => openPackage(context, file, corpus, signal),
    package: async ({ corpusId }) => assignments.opened(corpusId),
    writeReturn: ({ corpusId, path }, signal) => writeTo(context, path, returning(context, corpusId), signal),
    prepareReturn: ({ corpusId }) => prepare(context, returning(context, corpusId)),
  }

  async function prepare(own: ServiceContext, package_: Outgoing) {
    const { manifest } = package_
    const { downloadId, fileName } = await downloads.prepare(async (open) => {
      const output = await open('folder', fileNameOf(manifest))
      try {
        await write(own, output.sink, package_)
        await output.finish()
      } catch (error) {
        await output.abandon()
        throw error
      }
      return { fileName: fileNameOf(manifest), documents: manifest.sentences, losses: [] }
    })
    return { manifest, downloadId, fileName }
  }

  function returning({ now }: ServiceContext, corpusId: number): Outgoing {
    const manifest = assignments.opened(corpusId)
    const { name, splits } = corpora.find(corpusId)
    if (!manifest)
      throw new AppError('invalid-input', `${name} was not opened from a package, so there is nobody to return it to.`)
    const reviewed = Object.values(splits).reduce((sum, split) => sum + split.reviewed, 0)
    return {
      ...{ corpusId, manifest: { ...manifest, returned: { atMs: now(), reviewed } } },
      pages: () => corpora.docsOf(corpusId, null),
    }
  }
}

/** A package that is to be written, of a corpus of this workspace. */
interface Outgoing {
  readonly corpusId: number
  readonly manifest: PackageManifest
  pages(): Generator<AnnotatedDoc[], void>
}

async function assign(
  { workspace: { assignments }, workspace, now }: ServiceContext,
  {
    corpusId,
    selection,
    people,
    overlap,
    seed,
    withGold,
  }: CallInputs['team']['assign'] & { withGold: boolean; seed: number },
) {
  const corpus = workspace.corpora.find(corpusId).name
  const sentenceIds = await selectedIds(workspace, corpusId, selection)
  const held = assignments.heldByOthers(corpusId, people)
  const dealt = dealSentences({ sentenceIds, people, overlap, seed, held })
  const empty = dealt.find((deal) => deal.sentenceIds.length === 0)
  if (empty)
    throw new AppError(
      'invalid-input',
      sentenceIds.length === 0
        ? 'None of these sentences has words, so there is nothing to assign. Choose others.'
        : `Nothing is left for ${empty.person}: the sentences that are not shared are others' already. Choose further sentences, or a larger share for everyone.`,
    )
  const made: PackageManifest[] = []
  for (const { person, shared, sentenceIds: own } of dealt) {
    const manifest = {
      ...{ packageId: randomUUID(), corpus, person, createdMs: now(), seed, overlap },
      ...{ sentences: own.length, shared, withGold },
    }
    await runInSlices(assignments.add({ ...manifest, corpusId }, own))
    made.push({ ...manifest, returned: null })
  }
  return made
}

async function writeTo(
  context: ServiceContext,
  path: string,
  outgoing: Outgoing,
  signal?: AbortSignal,
): Promise<PackageManifest> {
  if (!isZipPlace(path))
    throw new AppError('invalid-input', `${basename(path)} does not end in .zip. A package is an archive: name it so.`)
  await writeNewPlace(
    path,
    async (folder) => {
      const { sink, close } = folderOfParts(folder, path)
      try {
        await write(context, sink, outgoing)
      } finally {
        await close()
      }
    },
    { signal },
  )
  return outgoing.manifest
}

function write({ workspace }: ServiceContext, sink: Sink, { corpusId, manifest, pages }: Outgoing): Promise<void> {
  return writePackageFile(sink, manifest, workspace.labels.get(corpusId), docsOf(pages()))
}

async function* docsOf(pages: Generator<AnnotatedDoc[], void>): AsyncGenerator<AnnotatedDoc> {
  for (const page of pages) {
    yield* page
    await setImmediate()
  }
}

/** "WebNLG-Ann", or "WebNLG-Ann-returned". */
function fileNameOf({ corpus, person, returned }: PackageManifest): string {
  const stem = `${corpus}-${person}`.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
  return returned ? `${stem}-returned` : stem
}
