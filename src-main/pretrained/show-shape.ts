/** Shapes as text, and the number of values of a shape. */

/** Text of a shape; null stands for any length. */
export function showShape(shape: readonly (number | null)[]): string {
  return `[${shape.map((length) => length ?? 'any').join(', ')}]`
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}
