/** Reading much of a corpus on the thread that answers: some sentences at a time, and from one state of the corpus all the same. */
import { runSteps } from '#main/core/steps'
import type { Workspace } from '#main/storage/workspace'
import { runInSlices } from '../slices.ts'

/** Number of times that a read begins again because the corpus changed meanwhile. */
const attempts = 3

/** Takes all steps, with other work between them; where people edit the corpus faster than it is read, at last all at once. */
export async function readSteadily<Result>(
  corpora: Pick<Workspace['corpora'], 'changes'>,
  corpusId: number,
  read: () => Generator<void, Result>,
): Promise<Result> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = corpora.changes(corpusId)
    const result = await runInSlices(read())
    if (corpora.changes(corpusId) === before) return result
  }
  return runSteps(read())
}
