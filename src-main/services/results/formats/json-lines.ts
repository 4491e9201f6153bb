/** JSON lines: the documents with the triples that pass, laid out as the whole extraction is. */
import type { ExtractedDocument, ExtractedSentence } from '#main/document/extracted-document'
import type { ExtractedRow, RowSpan } from '#main/document/extracted-row'
import type { ResultFormat } from './result-writer.ts'

export const jsonLines: ResultFormat = {
  ...{ layout: 'file', extension: '.jsonl' },
  open(sink, { run }) {
    let waiting: ExtractedRow[] = []
    const flush = async (): Promise<void> => {
      if (waiting.length > 0) await sink.write(`${JSON.stringify(toDocument(waiting, run.runId))}\n`)
      waiting = []
    }
    return {
      begin: async () => undefined,
      async write(rows) {
        for (const row of rows) {
          if (waiting[0] && waiting[0].position !== row.position) await flush()
          waiting.push(row)
        }
      },
      end: flush,
      losses: () => ['sentences and documents without such triples, and spans that take part in none, are left out'],
    }
  },
}

function toDocument(rows: readonly ExtractedRow[], runId: string): ExtractedDocument {
  const sentences = Map.groupBy(rows, ({ sentenceStart }) => sentenceStart)
  return {
    ...{ document: rows[0]?.document ?? '', runId, failure: null },
    sentences: [...sentences].map(([start, own]): ExtractedSentence => {
      const text = own[0]?.sentence ?? ''
      return {
        ...{ start, end: start + Array.from(text).length, text, spans: [] },
        triples: own.map(
          ({ subject, relation, object, probability, calibratedProbability, plausibility, verdict }) => ({
            ...{ subject: toSpan(subject), relation, object: toSpan(object), probability },
            ...(calibratedProbability !== undefined && { calibratedProbability }),
            ...(plausibility && { plausibility }),
            ...(verdict && { verdict }),
          }),
        ),
      }
    }),
  }
}

/** How sure the run was of the name alone stands in the whole extraction; here it is left at 1. */
function toSpan({ text, type, start, end }: RowSpan): ExtractedSentence['spans'][number] {
  return { text, start, end, type, probability: 1 }
}
