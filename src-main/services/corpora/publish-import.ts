/** Publishing an import: what was staged comes into sight as a whole, with its files and types. */
import { setImmediate } from 'node:timers/promises'
import type { ImportReport } from '#main/api/corpora'
import { AppError } from '#main/core/errors'
import type { LabelSet } from '#main/labels/label-set'
import type { StagedImport } from '#main/storage/staged-import'
import type { ServiceContext } from '../context.ts'
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
  let steps: Generator<void, void> | null = null
  transaction(() => {
    refuseKnown(context, waiting.corpus, waiting.files)
    const corpusId = workspace.corpora.findByName(waiting.corpus)?.corpusId
    steps = corpusId === undefined ? null : waiting.staged.publishInto(corpusId)
    if (corpusId === undefined) waiting.staged.publishAs(waiting.corpus, waiting.labels)
    else workspace.labels.extend(corpusId, waiting.labels)
    for (const { name, split, sha256 } of waiting.files)
      workspace.corpora.rememberFile(corpusId ?? waiting.staged.stagingId, { name, split, sha256, atMs: context.now() })
  })
  if (!steps) return
  const moving: Generator<void, void> = steps
  while (workspace.transaction(() => moving.next().done) !== true) await setImmediate()
}

/** A file whose content the corpus has already. */
export function refuseKnown({ workspace }: ServiceContext, name: string, files: readonly NamedFile[]): void {
  const corpus = workspace.corpora.findByName(name)
  if (!corpus) return
  for (const file of files) {
    const known = workspace.corpora.findFile(corpus.corpusId, file.sha256)
    if (known)
      throw new AppError(
        'conflict',
        `${file.shownName} is already imported: ${name} took the same content as ${known.name}. Choose another file, or give another corpus name.`,
      )
  }
}
