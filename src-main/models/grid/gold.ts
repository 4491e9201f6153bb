/** Gold of the grid: links between the ends of spans, as cells of the pair table. */
import type { ModelConfig } from '#main/runs/config'
import type { SentenceGold, UnencodedGold } from '../family.ts'
import { startsOf } from '../shared/batch.ts'
import { typeOf } from '../shared/entity-types.ts'
import { inOrder, type Cell } from '../shared/tags-and-cells.ts'

/** Distinct cells that hold, as three numbers each, in order. */
export interface GridGold {
  /** First row of a span, its last row, its type. */
  readonly spans: readonly number[]
  /** First rows of subject and object with the relation r, and last rows with l + r. */
  readonly links: readonly number[]
}

type Labels = Pick<ModelConfig, 'tags' | 'untypedLabel' | 'relations'>

export function encodeGold(sentences: readonly SentenceGold[], config: Labels): GridGold {
  const starts = startsOf(sentences.map(({ words }) => words.length))
  const encoded = sentences.map((sentence) => encodeSentence(sentence, config))
  return {
    spans: encoded.flatMap(({ spans }, at) => inOrder(spans, starts[at] ?? 0)),
    links: encoded.flatMap(({ links }, at) => inOrder(links, starts[at] ?? 0)),
  }
}

export function countUnencoded(sentence: SentenceGold, config: Labels): UnencodedGold {
  return { overlapping: 0, unknownType: encodeSentence(sentence, config).unknownType }
}

function encodeSentence({ spans, triples }: SentenceGold, config: Labels) {
  const [ofSpans, ofLinks] = [new Map<string, Cell>(), new Map<string, Cell>()]
  let unknownType = 0
  for (const { start, end, label } of spans) {
    const cell: Cell = [start, end - 1, typeOf(label, config)]
    if (cell[2] < 0) unknownType++
    else ofSpans.set(cell.join(), cell)
  }
  for (const { subject, type, object } of triples) {
    const relation = config.relations.indexOf(type)
    if (relation < 0) {
      unknownType++
      continue
    }
    const links: Cell[] = [
      [subject.start, object.start, relation],
      [subject.end - 1, object.end - 1, config.relations.length + relation],
    ]
    for (const cell of links) ofLinks.set(cell.join(), cell)
  }
  return { spans: [...ofSpans.values()], links: [...ofLinks.values()], unknownType }
}
