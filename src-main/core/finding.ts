/** Finding: something that is not as it should be, and what a person can do about it. */
export interface Finding {
  /** A sentence that names the file, table or run. */
  readonly what: string
  /** A sentence that says what to do. */
  readonly advice: string
  /** Repair that mends it in place; absent where only a backup helps. */
  readonly repair?: RepairName
}

/** Repairs by name, in the order in which several are done. */
export const repairNames = ['indexes', 'search', 'spans', 'log', 'counts'] as const
export type RepairName = (typeof repairNames)[number]

/** What each repair does, in words for the person. */
export const repairWords: Readonly<Record<RepairName, string>> = {
  indexes: 'makes the indexes of the database again from its tables',
  search: 'makes the index of the search again from the sentences',
  spans:
    'takes out spans that lie outside of their sentence, and relations without both their spans, as acts that can be undone',
  log: 'makes spans, relations and reviews what the log of acts says they are, as acts that can be undone',
  counts: 'counts sentences, spans, flags and types again',
}
