/** Reads: the long reads of the services, done in a thread beside the one that answers the window. */
import { entryFile } from '#main/files/entry-file'
import type { Reader } from '#main/storage/reader/reader'
import type { Workspace } from '#main/storage/workspace'
import type { readTasks } from './read-tasks.ts'

export type Reads = Reader<typeof readTasks>

const entry = entryFile(import.meta.url, './read-thread.ts')

export function createReads(workspace: Workspace): Reads {
  return workspace.createReader(entry)
}
