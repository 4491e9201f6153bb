/** "Correct this": the sentence of an extracted triple in the corpus "From extraction", where the run's triples are suggestions. */
import { AppError } from '#main/core/errors'
import type { Json } from '#main/core/json'
import { unmarked } from '#main/corpora/shared/unmarked'
import type { ExtractedSentence } from '#main/document/extracted-document'
import type { SentenceOrigin } from '#main/document/sentence-origin'
import { mergeLabelSets, type LabelSet } from '#main/labels/label-set'
import type { ServiceContext } from '../context.ts'
import { likeTraining } from '../extraction/like-training.ts'
import { extractedDoc, toPrediction } from './extracted-sentence.ts'

export const correctionCorpus = 'From extraction'

/** Answers with the sentence, which is added only where the corpus lacks its text. @throws AppError 'not-found'. */
export function correctRow(context: ServiceContext, tripleId: number): { sentenceId: number; isNew: boolean } {
  const { workspace } = context
  const found = workspace.results.row(tripleId)
  const extraction = found && workspace.extractions.find(found.extractionId)
  const [document] = found ? workspace.extractions.documents(found.extractionId, found.row.position, 1) : []
  const sentence = document?.sentences.find(({ start }) => start === found?.row.sentenceStart)
  if (!found || !extraction || !sentence)
    throw new AppError('not-found', `There is no triple ${tripleId}. Choose one from the results of an extraction.`)
  const { extractionId, title, runId, runName } = extraction
  const run = extraction.isRunRemoved ? null : workspace.runs.find(runId)
  const origin: SentenceOrigin = {
    ...{ extractionId, title, document: found.row.document, start: sentence.start, end: sentence.end, runId, runName },
  }
  const doc = extractedDoc(
    sentence,
    `${found.row.document}:${sentence.start}-${sentence.end}`,
    run ? likeTraining(run) : {},
  )
  const answer = workspace.transaction(() => {
    const corpusId = corpusWith(context, labelsOf(context, run?.corpusId ?? null, sentence))
    const there = workspace.corrections.findText(corpusId, sentence.text)
    if (there === null)
      workspace.corpora.addDocs(corpusId, 'train', found.row.document, [
        { ...doc, annotations: [unmarked], sourceExtra: { extractedFrom: origin } as unknown as Json }, // plain data
      ])
    const sentenceId = there ?? workspace.corrections.findText(corpusId, sentence.text) ?? 0
    if (run?.bestEpoch != null && !workspace.predictions.has(runId, sentenceId)) {
      const prediction = toPrediction(sentence, doc, run.config)
      workspace.predictions.store(runId, run.bestEpoch, [{ sentenceId, prediction }])
    }
    return { sentenceId, isNew: there === null }
  })
  if (answer.isNew) context.emit({ type: 'corpora-changed' })
  return answer
}

/** The corpus, made when it is first needed, with these labels beside its own. */
function corpusWith({ workspace }: ServiceContext, labels: LabelSet): number {
  const corpusId = workspace.corpora.findByName(correctionCorpus)?.corpusId
  if (corpusId === undefined) return workspace.corpora.create(correctionCorpus, labels)
  const known = workspace.labels.get(corpusId)
  const merged = mergeLabelSets(known, labels)
  if (JSON.stringify(merged) !== JSON.stringify(known)) workspace.labels.update(corpusId, merged)
  return corpusId
}

/** The labels of the corpus that the run learnt from, and those of the sentence, which that may lack by now. */
function labelsOf({ workspace }: ServiceContext, corpusId: number | null, sentence: ExtractedSentence): LabelSet {
  const isThere = workspace.corpora.list().some((corpus) => corpus.corpusId === corpusId)
  const own: LabelSet = {
    entityTypes: [...new Set(sentence.spans.map(({ type }) => type))].filter(Boolean).map((name) => ({ name })),
    relationTypes: [...new Set(sentence.triples.map(({ relation }) => relation))].map((name) => ({ name })),
    signatures: [],
  }
  return isThere && corpusId !== null ? mergeLabelSets(workspace.labels.get(corpusId), own) : own
}
