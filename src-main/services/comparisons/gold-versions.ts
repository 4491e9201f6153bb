/** Versions of the gold: sentences whose gold was marked as wrong, as they were before, beside what they are now. */
import type { GoldVersions } from '#main/comparison/gold-versions'
import type { Annotation } from '#main/document/annotation'
import { goldIsWrong } from '#main/document/gold-mark'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { applyChanges, invertChanges, squashChanges } from '#main/document/operation'
import type { Split } from '#main/document/doc'
import { spreadOf } from '#main/evaluation/mean'
import { scoreTriples } from '#main/evaluation/match'
import type { MatchMode } from '#main/evaluation/match-mode'
import type { AnnotationRepository } from '#main/storage/annotation-repository'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import { keptSplit } from '../runs/kept-splits.ts'
import type { DividedRun } from '../runs/run-splits.ts'
import type { ChartRow } from './chart-steps.ts'
import { memberPredictions } from './member-predictions.ts'

export interface GoldVersionsRequest {
  readonly corpusId: number
  readonly split: Split
  readonly match: MatchMode
  readonly divided: DividedRun
  readonly rows: readonly ChartRow[]
}

/** Yields after each member. Nothing is scored where no gold was marked. */
export function* goldVersionSteps(
  workspace: ReadWorkspace,
  { corpusId, split, match, divided, rows }: GoldVersionsRequest,
): Generator<void, GoldVersions> {
  const acts = workspace.annotations.firstActs(corpusId, goldIsWrong)
  const sentences = acts.length === 0 ? [] : keptSplit(workspace.corpora, corpusId, split, divided)
  const marks = new Map(acts.map(({ sentenceId, operationId }) => [sentenceId, operationId]))
  const marked = sentences.filter(({ sentenceId }) => marks.has(sentenceId))
  if (marked.length === 0) return { marked: 0, corrected: 0, rows: [] }
  const former = new Map(
    marked.map((sentence): [number, LabelledSentence] => [
      sentence.sentenceId,
      withGold(sentence, goldBefore(workspace.annotations, sentence.sentenceId, marks.get(sentence.sentenceId) ?? 0)),
    ]),
  )
  const before = sentences.map((sentence) => former.get(sentence.sentenceId) ?? sentence)
  const found: GoldVersions['rows'][number][] = []
  for (const { label, members } of rows) {
    const scores = { before: [] as number[], now: [] as number[] }
    for (const member of members) {
      const predictions = yield* memberPredictions(workspace, member, sentences)
      scores.before.push(scoreTriples(before, predictions, match).f1)
      scores.now.push(scoreTriples(sentences, predictions, match).f1)
      yield
    }
    found.push({ label, before: spreadOf(scores.before), now: spreadOf(scores.now) })
  }
  const corrected = marked.filter((sentence) => isOther(sentence, former.get(sentence.sentenceId) ?? sentence))
  return { marked: marked.length, corrected: corrected.length, rows: found }
}

/** The annotation of a sentence as it was at an act of its history. */
function goldBefore(
  annotations: Pick<AnnotationRepository, 'annotation' | 'operationsAfter'>,
  sentenceId: number,
  operationId: number,
): Annotation {
  const later = annotations.operationsAfter(sentenceId, operationId)
  return applyChanges(
    annotations.annotation(sentenceId),
    squashChanges(later.flatMap(({ changes }) => invertChanges(changes))),
  )
}

function withGold(sentence: LabelledSentence, { spans, relations }: Annotation): LabelledSentence {
  const bySpanId = new Map(spans.map(({ id, start, end, label }) => [id, { start, end, label }]))
  return {
    ...sentence,
    spans: [...bySpanId.values()],
    triples: relations.flatMap(({ subject, type, object }) => {
      const [from, to] = [bySpanId.get(subject), bySpanId.get(object)]
      return from && to ? [{ subject: from, type, object: to }] : []
    }),
  }
}

function isOther({ spans, triples }: LabelledSentence, former: LabelledSentence): boolean {
  const keyOf = (items: readonly unknown[]): string => JSON.stringify(items.map((item) => JSON.stringify(item)).sort())
  return keyOf(spans) !== keyOf(former.spans) || keyOf(triples) !== keyOf(former.triples)
}
