/** A number of a JSON text that a double would spell otherwise, such as 12345678901234567890, 1.0 or 1e400. */
export class ExactNumber {
  /** Its spelling, a JSON number. */
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** The nearest double. */
  get value(): number {
    return Number(this.text)
  }

  toString(): string {
    return this.text
  }

  /** Lets JSON.stringify write the number as it is spelled. */
  toJSON(): unknown {
    return engine.rawJSON(this.text)
  }
}

/** TypeScript's library does not declare this part of the engine's JSON yet. */
const engine = JSON as unknown as { rawJSON(text: string): unknown }
