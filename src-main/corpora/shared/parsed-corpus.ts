/** A parser's docs and log as a ParsedCorpus. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import type { ParsedCorpus } from '../format.ts'
import type { SettingOffer } from '#main/document/read-settings'
import type { ProblemLog } from './problem-log.ts'

export function parsedCorpus(
  docs: readonly AnnotatedDoc[],
  labels: LabelSet,
  log: ProblemLog,
  offers: readonly SettingOffer[] = [],
): ParsedCorpus {
  const annotations = docs.flatMap((doc) => doc.annotations)
  return {
    docs,
    records: log.taken,
    labels,
    problems: log.problems(),
    counts: {
      ...log.counts(),
      ambiguousAnchors: annotations.reduce((sum, { ambiguousAnchors }) => sum + ambiguousAnchors, 0),
      unanchored: annotations.reduce((sum, { unanchored }) => sum + unanchored.length, 0),
    },
    repairs: log.sentences('repairs'),
    repeats: log.sentences('repeats'),
    offers,
  }
}
