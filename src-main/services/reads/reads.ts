/** Reads: the long reads of the services, done in a thread beside the one that answers the window. */
import type { Reader } from '#main/storage/reader/reader'
import type { Workspace } from '#main/storage/workspace'
import type { readTasks } from './read-tasks.ts'

export type Reads = Reader<typeof readTasks>

/** Under its source's name, or beside the file that starts it where the program is bundled. */
const entry = new URL(import.meta.url.endsWith('.ts') ? './read-thread.ts' : './read-thread.js', import.meta.url)

export function createReads(workspace: Workspace): Reads {
  return workspace.createReader(entry)
}
