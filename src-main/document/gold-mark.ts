/** The mark that the gold of a sentence is wrong: an act in its history, before which the gold stood as it was. */

/** Description of the act, by which marks are found. */
export const goldIsWrong = 'The gold is wrong'
