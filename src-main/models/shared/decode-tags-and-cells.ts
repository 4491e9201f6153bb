/** Decoding of tags and cells into passes: tags, spans and the likely cells of every sentence. */
import type { Pass, PredictedCell } from '#main/document/prediction'
import type { LikelyCells } from '#main/kernels/pair-prediction'
import type { ModelConfig } from '#main/runs/config'
import { decodeTags } from '#main/tagging/span-codec'
import { startsOf } from './batch.ts'

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
  let cell = 0
  return lengths.map((length, sentence) => {
    const start = starts[sentence] ?? 0
    const first = cell
    const outside = { tags: Array.from({ length }, () => 'O'), spans: [] }
    const own = tags ? tagsOf(tags, start, length, config) : outside
    if (!found) return { ...own, cells: [] }
    // cells are in the order of their rows
    while (cell < found.logits.length && (found.cells[3 * cell] ?? 0) < start + length) cell++
    return {
      ...own,
      cells: cellsOf(found, first, cell, start, config.relations),
    }
  })
}

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

/** Cells with numbers from `first` to before `end`, which belong to one sentence; a kernel has kept few of them. */
function cellsOf(
  { cells, logits }: LikelyCells,
  first: number,
  end: number,
  start: number,
  relations: readonly string[],
): PredictedCell[] {
  const logitOf = (at: number): number => logits[at] ?? 0
  return Array.from({ length: end - first }, (_, at) => first + at)
    .sort((a, b) => logitOf(b) - logitOf(a) || a - b)
    .map((at) => ({
      subject: (cells[3 * at] ?? 0) - start,
      type: relations[cells[3 * at + 2] ?? 0] ?? '',
      object: (cells[3 * at + 1] ?? 0) - start,
      probability: 1 / (1 + Math.exp(-logitOf(at))),
    }))
}
