/** A JSON text of objects that follow one another, each over one line or several, as an array. */

const [quote, backslash] = [0x22, 0x5c]
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d]

/** The pieces with brackets around all objects and commas between them. A text that is an array already stays as it is. */
export async function* sequenceAsArray(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let [depth, count] = [0, 0]
  let [isString, isEscaped, isArray] = [false, false, false]
  /** The piece with a sign before each object of the outermost level. */
  const mark = (piece: string): string => {
    let [marked, from] = ['', 0]
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      if (isString) {
        if (isEscaped) isEscaped = false
        else if (code === backslash) isEscaped = true
        else if (code === quote) isString = false
      } else if (code === quote) isString = true
      else if (code === openBrace || code === openBracket) {
        if (depth === 0 && count === 0 && code === openBracket) isArray = true
        if (depth++ > 0 || isArray) continue
        marked += `${piece.slice(from, at)}${count++ === 0 ? '[' : ','}`
        from = at
      } else if (code === closeBrace || code === closeBracket) depth--
    }
    return marked + piece.slice(from)
  }
  for await (const piece of pieces) yield mark(piece)
  if (!isArray && count > 0) yield ']'
}
