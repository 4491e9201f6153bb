/** Exporting results to a place on this machine as a job: one that was stopped begins again, since nothing stands there before the end. */
import { existsSync } from 'node:fs'
import type { Handlers } from '#main/api/handlers'
import type { ResultFile } from '#main/api/results'
import { openFileSink } from '#main/files/file-sink'
import { openFolderSink } from '#main/files/folder-sink'
import type { JobEngine } from '#main/jobs/engine'
import type { ServiceContext } from '../context.ts'
import { createAskedKind, type AskedKind } from '../jobs/asked-job.ts'
import { titleOf, type ResultExporter, type ResultRequest } from './result-export.ts'

interface ExportSpec extends ResultRequest {
  readonly path: string
  /** True where a file that is at the place is replaced. */
  readonly replace: boolean
}

interface ExportCursor {
  /** The file that was written, kept before it gets its name. */
  readonly written: ResultFile
}

export type ExportKind = AskedKind<ExportSpec, ResultFile>

export function createExportKind({ workspace }: ServiceContext, exporter: Pick<ResultExporter, 'write'>): ExportKind {
  return createAskedKind<ExportSpec, ResultFile, ExportCursor>(workspace.jobs, {
    ...{ name: 'export', resource: 'none', isListedAfter: false },
    whenCancelled: 'The export was cancelled. Nothing was written.',
    async run({ path, replace, ...request }, cursor, work) {
      // a kill came between the name of the file and the end of the job
      if (cursor && !replace && existsSync(path)) return cursor.written
      return exporter.write(
        request,
        (layout) => (layout === 'folder' ? openFolderSink(path, { replace }) : openFileSink(path, { replace })),
        { ...work, onWritten: (written) => work.save({ written }, written.triples) },
      )
    },
  })
}

export function createExport(
  context: ServiceContext,
  kind: ExportKind,
  engine: JobEngine,
): Handlers['results']['export'] {
  return ({ taskId, ...spec }) => kind.ask(engine, { title: titleOf(context, spec), spec, taskId })
}
