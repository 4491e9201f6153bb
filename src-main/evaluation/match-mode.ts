/** Match modes of triples. Figures of different modes never share a column. */

export const matchModes = ['exact', 'partial', 'partial-first', 'span', 'cell', 'cell-any'] as const
export type MatchMode = (typeof matchModes)[number]

/** Meaning of each mode, for the window and the command line. */
export const matchModeMeanings: Record<MatchMode, string> = {
  exact: 'both full strings and the relation type agree',
  partial: 'the last words of both and the relation type agree (the meaning of NYT* and WebNLG*)',
  'partial-first': 'the first words of both and the relation type agree',
  span: 'offsets, entity types and the relation type agree',
  cell: 'the released scorer: a cell of the pair table is right when gold and both words end reproduced gold spans',
  'cell-any':
    'what “partial” means in papers with that scorer: the same cells, whatever the spans; a word paired with itself counts but is never right',
}
