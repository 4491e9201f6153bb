/** Bombs: small packs that unpack to far more than a corpus ever would. */

/** Number of unpacked bytes that are never too many. */
const harmlessBytes = 100e6
/** Number of unpacked bytes for each packed one that no corpus reaches. */
export const mostRatio = 1000

export function isBomb(packed: number, unpacked: number): boolean {
  return unpacked > harmlessBytes && unpacked > packed * mostRatio
}
