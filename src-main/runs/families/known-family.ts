/** Checks that a stored model is of a family that this version knows, before anything is asked of that family. */
import { AppError } from '#main/core/errors'
import type { ModelDesign } from '../config.ts'
import { familyNames } from '../family-name.ts'
import { familyName } from './families.ts'

/** @param file name of the file that says so. @throws AppError invalid-input for a family that this version does not know. */
export function assertKnownFamily(model: Pick<ModelDesign, 'family'>, file: string): void {
  const name: string = familyName(model)
  if (!familyNames.some((known) => known === name))
    throw new AppError(
      'invalid-input',
      `${file} is of a model of the family "${name}", and this version of Espalier knows ${familyNames.join(', ')}: update Espalier.`,
    )
}
