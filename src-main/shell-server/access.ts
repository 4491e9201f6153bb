/** Who may talk to the server: a code that works once and for a minute is exchanged for the session's key, which opens every connection. */
import { answeredChallenge, greet, isSigned, randomText, sign, type Greeting } from '#main/api/handshake'

export interface Access {
  /** A code that opens one session; it stands in a link, so it is worth nothing afterwards. */
  createCode(): string
  /** The session's key for a code, or the sentence that says why there is none. */
  redeem(code: string): { readonly key: string } | { readonly refusal: string }
  greet(nonce: string): Promise<Greeting>
  /** Whether these protocols of a WebSocket answer a challenge of this server with the key. */
  isGuest(protocols: readonly string[]): Promise<boolean>
}

interface Rules {
  readonly key: string
  /** Of the program, for clients of another one. */
  readonly version: string
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

const validMs = 60_000
/** Codes that were made and are remembered, so that a link that is opened late is told why it does not work. */
const mostCodes = 1000

const freshLink = 'Press Enter in the terminal where Espalier runs for a fresh link.'

export function createAccess({ key, version, now = Date.now }: Rules): Access {
  const codes = new Map<string, { readonly untilMs: number; isUsed: boolean }>()
  // challenges are not kept: whoever reaches the port may ask for any number of them
  const challengeKey = randomText()

  async function createChallenge(): Promise<string> {
    const text = `${now() + validMs}.${randomText()}`
    return `${text}.${await sign(challengeKey, text)}`
  }

  async function isOurs(challenge: string): Promise<boolean> {
    const at = challenge.lastIndexOf('.')
    const [text, signature] = [challenge.slice(0, at), challenge.slice(at + 1)]
    return Number.parseInt(text, 10) > now() && (await isSigned(challengeKey, text, signature))
  }

  return {
    createCode() {
      const code = randomText()
      codes.set(code, { untilMs: now() + validMs, isUsed: false })
      const [oldest] = codes.keys()
      if (codes.size > mostCodes && oldest !== undefined) codes.delete(oldest)
      return code
    },
    redeem(code) {
      // found by its hash: how long that takes says nothing about the codes there are
      const found = codes.get(code)
      if (!found) return { refusal: `Espalier does not know this link. ${freshLink}` }
      if (found.isUsed) return { refusal: `This link was used already. ${freshLink}` }
      if (found.untilMs <= now()) return { refusal: `This link is older than a minute. ${freshLink}` }
      found.isUsed = true
      return { key }
    },
    greet: async (nonce) => greet(key, nonce, await createChallenge(), version),
    async isGuest(protocols) {
      const challenge = await answeredChallenge(key, protocols)
      return challenge !== null && (await isOurs(challenge))
    },
  }
}
