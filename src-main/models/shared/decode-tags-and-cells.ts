/** Decoding of tags and cells into passes: tags, spans and the likely cells of every sentence. */
import type { Pass, PredictedCell } from '#main/document/prediction'
import type { LikelyCells } from '#main/kernels/pair-prediction'
import type { ModelConfig } from '#main/runs/config'
import { decodeTags } from '#main/tagging/span-codec'
import { startsOf } from './batch.ts'
import { cellsBySentence, type FoundCell } from './cells-by-sentence.ts'

/**
 * One pass per sentence from the probabilities of tags [k, T] and the likely cells. Without tags no word is in a span;
 * without cells no relation holds.
 */
export function decodePasses(
  tags: Float32Array | null,
  found: LikelyCells | null,
  lengths: readonly number[],
  config: ModelConfig,
): Pass[] {
  const starts = startsOf(lengths)
  const cells = found && cellsBySentence(found, lengths)
  return lengths.map((length, sentence) => {
    const outside = { tags: Array.from({ length }, () => 'O'), spans: [] }
    const own = tags ? tagsOf(tags, starts[sentence] ?? 0, length, config) : outside
    return { ...own, cells: (cells?.[sentence] ?? []).map((cell) => toPredicted(cell, config.relations)) }
  })
}

const toPredicted = (
  { first, second, output, probability }: FoundCell,
  relations: readonly string[],
): PredictedCell => ({
  ...{ subject: first, type: relations[output] ?? '', object: second, probability },
})

function tagsOf(
  probabilities: Float32Array,
  firstRow: number,
  length: number,
  config: ModelConfig,
): Pick<Pass, 'tags' | 'spans'> {
  const count = config.tags.length
  const best = Array.from({ length }, (_, token) => {
    const row = probabilities.subarray((firstRow + token) * count, (firstRow + token + 1) * count)
    const index = row.reduce((winner, value, at) => (value > (row[winner] ?? 0) ? at : winner), 0)
    return { tag: config.tags[index] ?? 'O', probability: row[index] ?? 0 }
  })
  const tags = best.map(({ tag }) => tag)
  const options = config.untypedLabel === undefined ? {} : { untypedLabel: config.untypedLabel }
  const spans = decodeTags(tags, options).map((span) => ({
    ...span,
    // probability that all tags are right, as if they were independent
    probability: best.slice(span.start, span.end).reduce((product, { probability }) => product * probability, 1),
  }))
  return { tags, spans }
}
