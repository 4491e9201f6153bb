/** A place in the drawn sentence. */

/** Pixels of the scene, x in reading direction. */
export interface ScenePoint {
  readonly x: number
  readonly y: number
}
