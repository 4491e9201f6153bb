/** Misuse: a command was given options or names that cannot be meant; it ends with status 2 before anything is done. */
import { AppError } from '#main/core/errors'

export class Misuse extends AppError {
  constructor(message: string) {
    super('invalid-input', message)
  }
}
