/** Publishing an import: what was staged comes into sight as a whole, with its files and types. */
import { setImmediate } from 'node:timers/promises'
import type { ImportReport } from '#main/api/imports'
import { AppError } from '#main/core/errors'
import { runSteps } from '#main/core/steps'
import type { LabelSet } from '#main/labels/label-set'
import type { StagedImport } from '#main/storage/staged-import'
import type { ServiceContext } from '../context.ts'
import { runInSlices } from '../slices.ts'
import type { ImportCursor } from './import-spec.ts'
import type { StagedFile } from './stage-files.ts'

export interface NamedFile extends StagedFile {
  /** Its name among the files of the import alone. */
  readonly shownName: string
}

/** An import that waits for its publishing. */
export interface WaitingImport {
  readonly staged: StagedImport
  readonly corpus: string
  readonly files: readonly NamedFile[]
  readonly labels: LabelSet
  readonly report: ImportReport
  /** Ids of the uploads that it was read from. */
  readonly uploadIds: readonly string[]
  readonly cursor: ImportCursor
  /** Number of bytes that were read. */
  readonly bytes: number
}

/** @param transaction writes what it is given as a whole, in one turn. */
export async function bringIntoSight(
  context: ServiceContext,
  waiting: WaitingImport,
  transaction: (work: () => void) => void,
): Promise<void> {
  const { workspace } = context
  const { corpus, staged, labels } = waiting
  const idOf = (): number | undefined => workspace.corpora.findByName(corpus)?.corpusId
  const looked = idOf()
  await runInSlices(refuseKnown(context, corpus, waiting.files))
  const files = waiting.files.map(({ name, split, sha256 }) => ({ name, split, sha256, atMs: context.now() }))
  await staged.rememberFiles(files, setImmediate) // out of sight, as the rest of it
  let steps: Generator<void, void> | null = null
  transaction(() => {
    const corpusId = idOf()
    if (corpusId !== looked) runSteps(refuseKnown(context, corpus, waiting.files)) // a corpus was renamed meanwhile
    steps = corpusId === undefined ? null : staged.publishInto(corpusId)
    if (corpusId === undefined) staged.publishAs(corpus, labels)
    else workspace.labels.extend(corpusId, labels)
  })
  if (steps) await staged.move(steps, setImmediate)
}

/** Looks, some files at each step, for one whose content the corpus has already. @throws AppError 'conflict' naming it. */
export function* refuseKnown(
  { workspace }: ServiceContext,
  name: string,
  files: readonly NamedFile[],
): Generator<void, void> {
  const corpus = workspace.corpora.findByName(name)
  if (!corpus) return
  for (const file of files) {
    const known = workspace.corpora.findFile(corpus.corpusId, file.sha256)
    if (known)
      throw new AppError(
        'conflict',
        `${file.shownName} is already imported: ${name} took the same content as ${known.name}. Choose another file, or give another corpus name.`,
      )
    yield
  }
}
