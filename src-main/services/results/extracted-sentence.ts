/** An extracted sentence as a Doc of its own, and what was found in it as a prediction of the run. */
import { anchorOf } from '#main/document/prediction'
import type { PredictedCell, PredictedSpan, PredictedTriple, Prediction } from '#main/document/prediction'
import type { Doc, Token } from '#main/document/doc'
import type { ExtractedSentence, ExtractedSpan } from '#main/document/extracted-document'
import type { ReadSettings } from '#main/document/read-settings'
import type { RunConfig } from '#main/runs/config'
import { factsOfFamily } from '#main/runs/families/families'
import { encodeTags } from '#main/tagging/span-codec'
import { tagNames } from '#main/tagging/tag-scheme'
import { splitText } from '#main/text/split-text'

/** One sentence whose words are divided where a span begins or ends within one: the file may have had words of its own. */
export function extractedDoc(sentence: ExtractedSentence, id: string, settings: ReadSettings): Doc {
  const { text, start } = sentence
  const { tokens, splitting } = splitText(text, settings)
  const cuts = new Set(
    [...sentence.spans, ...sentence.triples.flatMap(({ subject, object }) => [subject, object])].flatMap((span) => [
      span.start - start,
      span.end - start,
    ]),
  )
  const divided = tokens.flatMap((token) => divide(token, cuts))
  return { id, text, tokens: divided, sentences: [{ start: 0, end: divided.length }], splitting }
}

function divide(token: Token, cuts: ReadonlySet<number>): Token[] {
  const within = [...cuts].filter((cut) => cut > token.start && cut < token.end).sort((a, b) => a - b)
  return [token.start, ...within].map((start, at) => ({ start, end: within[at] ?? token.end }))
}

/** The spans and triples as the run predicts them, with a threshold that none of them is below. */
export function toPrediction(
  sentence: ExtractedSentence,
  { tokens }: Pick<Doc, 'tokens'>,
  { model, training }: RunConfig,
): Prediction {
  const words = ({ start, end }: ExtractedSpan): { start: number; end: number } => {
    const [from, to] = [start - sentence.start, end - sentence.start]
    const first = tokens.findIndex((token) => token.end > from)
    return { start: first, end: tokens.findLastIndex((token) => token.start < to) + 1 }
  }
  const spans = sentence.spans.map((span): PredictedSpan => ({
    ...words(span),
    label: span.type,
    probability: span.probability,
  }))
  const cells = sentence.triples.map(({ subject, relation, object, probability }): PredictedCell => ({
    subject: anchorOf(words(subject), model.anchor),
    type: relation,
    object: anchorOf(words(object), model.anchor),
    probability,
  }))
  const types = [...new Set(spans.map(({ label }) => label))].filter(Boolean).map((name) => ({ name }))
  const triples = sentence.triples.map(({ subject, relation, object, probability }): PredictedTriple => ({
    subject: { ...words(subject), label: subject.type },
    type: relation,
    object: { ...words(object), label: object.type },
    probability,
  }))
  return {
    ...(factsOfFamily(model).findsWhole ? { triples } : {}),
    tags: encodeTags(spans, tokens.length, tagNames({ entityTypes: types })).tags,
    ...{ spans, cells: cells.toSorted((a, b) => b.probability - a.probability), early: null, anchor: model.anchor },
    threshold: Math.min(training.threshold, ...cells.map(({ probability }) => probability)),
  }
}
