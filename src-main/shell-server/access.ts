/** Who may talk to the server: a one-time code in the URL becomes a token; both are compared in constant time. */
import { randomBytes, timingSafeEqual } from 'node:crypto'

const secretBytes = 24

export interface Access {
  /** A code that opens one session; it stands in a URL, so it is worth nothing afterwards. */
  createCode(): string
  /** The token for a code; null when it is unknown or was used. */
  redeem(code: string): string | null
  isToken(token: string): boolean
}

export function createAccess(): Access {
  const token = randomBytes(secretBytes).toString('base64url')
  const codes = new Set<string>()
  return {
    createCode() {
      const code = randomBytes(secretBytes).toString('base64url')
      codes.add(code)
      return code
    },
    redeem(code) {
      const found = [...codes].find((known) => isSame(known, code))
      if (found === undefined) return null
      codes.delete(found)
      return token
    },
    isToken: (given) => isSame(token, given),
  }
}

function isSame(secret: string, given: string): boolean {
  const [a, b] = [Buffer.from(secret), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}
