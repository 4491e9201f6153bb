/** Word vectors that a request names by a word instead of a file. */

/** The English vectors that come with the program. A config names them in the place of a file. */
export const englishVectors = 'english'

/** Asks for a random start. */
export const noVectors = 'none'

/** Name of the vectors of a run for people. */
export function showVectors(file: string): string {
  return file === englishVectors ? 'the English vectors that come with Espalier' : file
}

/** Why the vectors under a name are no longer those that a run was trained with; `name` is that of a file without its folder. */
export function describeChanged(name: string): string {
  return name === englishVectors
    ? 'The English vectors that come with this version of Espalier are not those that the run was trained with.'
    : `${name} is not the file any more that the run was trained with.`
}

/** Share of the words of a text that the English vectors must have to be taken where nobody names any. */
export const leastEnglish = 0.7
