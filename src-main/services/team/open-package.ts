/** Opens a package as a corpus of its own: staged out of sight, and brought into sight as a whole. */
import { setImmediate } from 'node:timers/promises'
import type { OpenedPackage } from '#main/api/team'
import type { FileReference } from '#main/api/imports'
import { AppError } from '#main/core/errors'
import { openCorpus } from '#main/corpora/read-corpus'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { openSources } from '../corpora/import-sources.ts'
import type { ServiceContext } from '../context.ts'
import { nameOfFile, readPackageFile, type PackageFile } from './package-file.ts'

/** @throws AppError naming the file and what is wrong with it. */
export async function readPackage(
  { uploads }: Pick<ServiceContext, 'uploads'>,
  file: FileReference,
  signal: AbortSignal,
): Promise<PackageFile> {
  const { sources } = await openSources([{ file }], uploads, signal)
  return readPackageFile(
    nameOfFile(file),
    sources.map(({ source }) => source),
    signal,
  )
}

/** Number of documents that are written together. */
const pageLength = 200

export async function openPackage(
  context: ServiceContext,
  file: FileReference,
  corpus: string | undefined,
  signal = new AbortController().signal,
): Promise<OpenedPackage> {
  const { workspace } = context
  const { corpora, assignments } = workspace
  const { manifest, corpus: source } = await readPackage(context, file, signal)
  if (manifest.returned)
    throw new AppError(
      'invalid-input',
      `${nameOfFile(file)} was returned by ${manifest.person}. Merge it into ${manifest.corpus} instead of opening it.`,
    )
  const known = assignments.openedAs(manifest.packageId)
  if (known !== null)
    throw new AppError('conflict', `This package is open already, as ${corpora.find(known).name}. Annotate there.`)
  const name = corpus ?? `${manifest.corpus} for ${manifest.person}`
  if (corpora.findByName(name))
    throw new AppError('conflict', `There is already a corpus "${name}". Choose another name for the package.`)
  const reading = await openCorpus(source, { format: 'jsonl' }, { signal })
  const staged = corpora.stage()
  try {
    let page: AnnotatedDoc[] = []
    const write = async (): Promise<void> => {
      for (const [split, docs] of Map.groupBy(page, (doc) => doc.split ?? 'train'))
        await staged.add(split, nameOfFile(file), docs, setImmediate)
      page = []
      signal.throwIfAborted()
    }
    let documents = 0
    for await (const { doc } of reading.docs) {
      page.push(doc)
      documents++
      if (page.length >= pageLength) await write()
    }
    await write()
    refuseIncomplete(nameOfFile(file), documents, manifest.sentences, reading.report().counts.rejected)
    await staged.index(setImmediate)
    const corpusId = workspace.transaction(() => {
      staged.publishAs(name, reading.report().labels)
      assignments.putOpened(staged.stagingId, manifest)
      return staged.stagingId
    })
    context.emit({ type: 'corpora-changed' })
    return { corpusId, name, manifest }
  } catch (error) {
    workspace.eraser.add(staged.stagingId)
    throw error
  }
}

function refuseIncomplete(name: string, found: number, stated: number, rejected: number): void {
  if (found === stated && rejected === 0) return
  throw new AppError(
    'invalid-input',
    `${name} should hold ${stated} sentences, and ${found} can be read. Ask for the file again.`,
  )
}
