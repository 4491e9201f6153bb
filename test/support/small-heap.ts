/** Room for sentences of a dozen words in the tiny BERT, and for none of its whole windows. */
export const smallHeap = { eachBytes: 20_000 } as const
