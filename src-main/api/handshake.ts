/**
 * The handshake before a WebSocket: both sides prove that they know the session's key, and neither sends it. So nothing
 * is given away to a program that took the port over meanwhile, and none can pass for Espalier.
 */

/** Greeting: the answer of a program that listens to a nonce. */
export interface Greeting {
  /** To be signed by who asked; good for a minute. */
  readonly challenge: string
  /** Signature of nonce and challenge. */
  readonly proof: string
  readonly version: string
}

export const protocol = 'espalier'

/** Whoever answers does not know the key: another program at this address, or an Espalier with another key. */
export class StrangerAnswers extends Error {
  override name = 'StrangerAnswers'
}

const algorithm = { name: 'HMAC', hash: 'SHA-256' }
const randomBytes = 24

/** Names and secrets that nobody guesses: 192 random bits. */
export function randomText(): string {
  return toText(crypto.getRandomValues(new Uint8Array(randomBytes)))
}

export async function sign(key: string, text: string): Promise<string> {
  return toText(new Uint8Array(await crypto.subtle.sign(algorithm.name, await importKey(key), toBytes(text))))
}

/** Compares in constant time. */
export async function isSigned(key: string, text: string, signature: string): Promise<boolean> {
  const bytes = fromText(signature)
  return bytes !== null && crypto.subtle.verify(algorithm.name, await importKey(key), bytes, toBytes(text))
}

export async function greet(key: string, nonce: string, challenge: string, version: string): Promise<Greeting> {
  return { challenge, version, proof: await sign(key, greetingText(nonce, challenge)) }
}

/**
 * The protocols to open a WebSocket with; `ask` sends a nonce and resolves with the answer. Browsers can give no header
 * to a WebSocket, but they can name protocols.
 * @throws StrangerAnswers
 */
export async function shakeHands(key: string, ask: (nonce: string) => Promise<Greeting>): Promise<string[]> {
  const nonce = randomText()
  const { challenge, proof } = await ask(nonce)
  if (!(await isSigned(key, greetingText(nonce, challenge), String(proof))))
    throw new StrangerAnswers('Whoever answers at this address does not know the key.')
  return [protocol, `${challenge}.${await sign(key, answerText(challenge))}`]
}

/** The challenge that these protocols answer with this key; null when they do not. Whether it is ours is the caller's to ask. */
export async function answeredChallenge(key: string, protocols: readonly string[]): Promise<string | null> {
  const [name, answer = ''] = protocols
  const at = answer.lastIndexOf('.')
  const [challenge, signature] = [answer.slice(0, at), answer.slice(at + 1)]
  if (name !== protocol || at < 0) return null
  return (await isSigned(key, answerText(challenge), signature)) ? challenge : null
}

// one side's words are never the other's: a signature cannot be sent back
const greetingText = (nonce: string, challenge: string): string => `greeting\n${nonce}\n${challenge}`
const answerText = (challenge: string): string => `answer\n${challenge}`

function importKey(key: string): ReturnType<typeof crypto.subtle.importKey> {
  return crypto.subtle.importKey('raw', toBytes(key), algorithm, false, ['sign', 'verify'])
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text))
}

/** Base64 with the letters that addresses and headers may hold. */
function toText(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function fromText(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}
