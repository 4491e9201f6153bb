/** A place in the drawn sentence. */

/** A point in pixels of the scene; x grows in reading direction. */
export interface ScenePoint {
  readonly x: number
  readonly y: number
}
