/** Sink: where bytes go out to: a file, a folder, an archive, standard output. */

export interface Sink {
  /** Writes text as UTF-8, in order. It settles when the next part may come, so that no more than a part is held in memory. */
  write(text: string): Promise<void>
  /** The sink of another file of this name in the same folder. */
  beside(name: string): Sink
}
