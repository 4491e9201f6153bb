/** Sentences whose annotation the label set, or the one layer of tags, cannot hold: told at once as far as they are known. */
import { setImmediate } from 'node:timers/promises'
import type { ViolationPage } from '#main/api/labels'
import { runSteps } from '#main/core/steps'
import { violationsOf } from '#main/labels/check-annotation'
import { wordsOf } from '#main/text/words'
import type { ServiceContext } from '../context.ts'

interface Request {
  readonly corpusId: number
  readonly offset: number
  readonly limit: number
}

/** Number of sentences that are checked before the answer. */
const few = 2000

/** Answers with pages of violating sentences, and checks the corpus in the background where its label set or its sentences changed. */
export function createViolations(context: ServiceContext): (request: Request) => Promise<ViolationPage> {
  const { annotations, corpora, labels } = context.workspace
  const checking = new Set<number>()

  async function check(corpusId: number): Promise<void> {
    const { name } = corpora.find(corpusId)
    const cancel = new AbortController()
    const begun = { detail: '', fraction: null, secondsLeft: null }
    const task = context.tasks.begin(
      { taskId: `violations-${corpusId}`, kind: 'statistics', title: `check of ${name} against its labels`, ...begun },
      () => cancel.abort(),
    )
    checking.add(corpusId)
    try {
      const checked = await context.reads.ask('checkLabels', { corpusId }, { signal: cancel.signal })
      await labels.keepChecked(corpusId, checked, setImmediate)
      task.finish('finished')
      context.emit({ type: 'corpora-changed' })
    } catch (error) {
      task.finish(
        cancel.signal.aborted ? 'cancelled' : 'failed',
        error instanceof Error ? error.message : String(error),
      )
    } finally {
      checking.delete(corpusId)
    }
  }

  /** The answer waits for the check of a small corpus. */
  async function bringUpToDate(corpusId: number): Promise<void> {
    if (checking.has(corpusId) || labels.violating(corpusId, 0, 0).isComplete) return
    const { train, dev, test } = corpora.find(corpusId).splits
    if (train.sentences + dev.sentences + test.sentences > few) return void check(corpusId)
    await labels.keepChecked(corpusId, runSteps(labels.checkSteps(corpusId)), setImmediate)
  }

  return async ({ corpusId, offset, limit }) => {
    await bringUpToDate(corpusId)
    const { total, places, isComplete } = labels.violating(corpusId, offset, limit)
    const set = labels.get(corpusId)
    const held = annotations.annotations(places.map(({ sentenceId }) => sentenceId))
    const items = places.flatMap((place) => {
      const annotation = held.get(place.sentenceId)
      const { text, tokens } = corpora.sentence(place.sentenceId)
      const found = annotation ? violationsOf(set, annotation, wordsOf(text, tokens), tokens) : []
      return { ...place, messages: found.map(({ message }) => message) }
    })
    return { total, items, isComplete }
  }
}
