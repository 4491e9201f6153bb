/** Sends a file to the services in pieces: after a lost connection it goes on where the last byte came. */

export interface UploadOptions {
  /** Address of the services; that of the page when it is left out. */
  readonly address?: string
  /** Resolves with the Authorization header of one request. */
  authorize(): Promise<string>
  /** Called with the number of bytes that came. */
  readonly onProgress?: (received: number) => void
  readonly signal?: AbortSignal | undefined
  /** Milliseconds before the first new try; each further one waits twice as long. */
  readonly pauseMs?: number
  /** Number of bytes of a piece. */
  readonly pieceBytes?: number
}

interface UploadState {
  readonly uploadId: string
  readonly received: number
}

/** Number of tries without a byte that came, after which the upload is given up: a minute with the usual pauses. */
const mostTries = 7

/** The connection broke off, or the services were started again: another try is worth it. */
class Interrupted extends Error {}

/**
 * Resolves with the id by which the services know the file, once they have all of it.
 * @throws Error with a sentence for the person: no room, no connection, a file that cannot be read; or the signal's reason.
 */
export async function uploadFile(file: File, options: UploadOptions): Promise<{ readonly uploadId: string }> {
  const { pauseMs = 500, signal, onProgress } = options
  let state: UploadState | null = null
  for (let tries = 0; ;) {
    try {
      state = state ? await lookUp(state, options) : null
      state ??= await begin(file, options)
      while (state.received < file.size) {
        state = await sendPiece(file, state, options)
        onProgress?.(state.received)
        tries = 0
      }
      return { uploadId: state.uploadId }
    } catch (error) {
      if (!(error instanceof Interrupted) || signal?.aborted) {
        if (state)
          await send(`/uploads/${state.uploadId}`, { method: 'DELETE' }, { ...options, signal: undefined }).catch(
            () => null,
          )
        throw error
      }
      if (++tries > mostTries)
        throw new Error(
          `${file.name} could not be sent: Espalier does not answer. Start it again and choose the file again.`,
        )
      await pause(pauseMs * 2 ** (tries - 1), signal)
    }
  }
}

/** How far an upload has come; null when the services forgot it, as they do when they are started again. */
async function lookUp({ uploadId }: UploadState, options: UploadOptions): Promise<UploadState | null> {
  const response = await send(`/uploads/${uploadId}`, { method: 'GET' }, options)
  return response.status === 404 ? null : toState(response)
}

async function begin(file: File, options: UploadOptions): Promise<UploadState> {
  const body = JSON.stringify({ name: file.webkitRelativePath || file.name, size: file.size })
  return toState(await send('/uploads', { method: 'POST', body }, options))
}

async function sendPiece(
  file: File,
  { uploadId, received }: UploadState,
  options: UploadOptions,
): Promise<UploadState> {
  const { pieceBytes = 2 ** 22 } = options
  const piece = await file
    .slice(received, received + pieceBytes)
    .arrayBuffer()
    .catch(() => {
      throw new Error(`${file.name} cannot be read any more: it changed or went away. Choose the file again.`)
    })
  const headers = { 'Upload-Offset': String(received) }
  const response = await send(`/uploads/${uploadId}`, { method: 'PUT', body: piece, headers }, options)
  if (response.status === 404) throw new Interrupted()
  // 409: the services have more or fewer bytes than this page thinks, and say how many
  return response.status === 409 ? ((await response.json()) as UploadState) : toState(response)
}

/** @throws Interrupted when nobody answers; the signal's reason. */
async function send(path: string, request: RequestInit, options: UploadOptions): Promise<Response> {
  const { address = '', authorize, signal } = options
  signal?.throwIfAborted()
  try {
    const headers = { ...request.headers, Authorization: await authorize() }
    return await fetch(`${address}${path}`, { ...request, headers, ...(signal && { signal }) })
  } catch (error) {
    signal?.throwIfAborted()
    throw new Interrupted(String(error))
  }
}

/** @throws Error with the services' sentence. */
async function toState(response: Response): Promise<UploadState> {
  if (response.ok) return (await response.json()) as UploadState // the services' only answer of this kind
  const sentence = await response.text()
  throw response.status === 401 || response.status === 408 ? new Interrupted(sentence) : new Error(sentence)
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    signal?.addEventListener('abort', done)
  })
  signal?.throwIfAborted()
}
