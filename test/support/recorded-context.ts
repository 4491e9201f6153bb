/** A ServiceContext on a real workspace that writes down what is told. */
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { AppEvent, Task } from '#main/api/events'
import { createUploads } from '#main/files/uploads'
import type { ServiceContext } from '#main/services/context'
import { createReads } from '#main/services/reads/reads'
import { createDownloads } from '#main/services/system/downloads'
import { createTellOnce } from '#main/services/system/tell-once'
import { createVectorFiles } from '#main/services/runs/vector-files'
import { createTurns } from '#main/storage/turns'
import type { Workspace } from '#main/storage/workspace'

export interface RecordedContext extends ServiceContext {
  readonly events: AppEvent[]
  /** Every state of every task, in order. */
  readonly tasksSeen: Task[]
}

/** @param atEnd keeps what is to be done at the end; outside of a test there is none. */
export function recordedContext(
  workspace: Workspace,
  atEnd: (close: () => Promise<void>) => void = onTestFinished,
): RecordedContext {
  const events: AppEvent[] = []
  const tasksSeen: Task[] = []
  const reads = createReads(workspace)
  atEnd(() => reads.close())
  const emit = (event: AppEvent): void => void events.push(event)
  return {
    workspace,
    reads,
    events,
    tasksSeen,
    now: () => 1_000,
    vectorFiles: createVectorFiles(join(workspace.folder, 'vectors')),
    uploads: createUploads({ folder: join(workspace.folder, 'incoming') }),
    downloads: createDownloads(),
    inTurn: createTurns(),
    emit,
    tellOnce: createTellOnce(emit),
    tasks: {
      begin(begun) {
        let task: Task = { ...begun, state: 'running' }
        tasksSeen.push(task)
        const tell = (part: Partial<Task>) => {
          task = { ...task, ...part }
          tasksSeen.push(task)
        }
        return { update: tell, finish: (state, detail) => tell({ state, ...(detail !== undefined && { detail }) }) }
      },
    },
  }
}
