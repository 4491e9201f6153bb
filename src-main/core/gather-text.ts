/** Short texts gathered into longer ones, each of which is worth a call of whoever writes it. */

/** Number of characters that a gathered text has at least, the last one excepted. */
const least = 2 ** 16

export function* gatherText(texts: Iterable<string>): Generator<string> {
  let gathered = ''
  for (const text of texts) {
    gathered += text
    if (gathered.length < least) continue
    yield gathered
    gathered = ''
  }
  if (gathered !== '') yield gathered
}
