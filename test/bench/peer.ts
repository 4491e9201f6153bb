/** Finds a Python that can run the peer: one with PyTorch. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export interface Python {
  readonly python: string
  /** PyTorch's. */
  readonly version: string
  readonly hasCuda: boolean
}

export interface NoPython {
  /** What is missing and how to get it, in one line. */
  readonly missing: string
}

const question = 'import json, torch; print(json.dumps([torch.__version__, torch.cuda.is_available()]))'

/** `given` is a path that somebody asked for. */
export async function findPython(given: string | null): Promise<Python | NoPython> {
  const python = given ?? 'python3'
  try {
    const { stdout } = await promisify(execFile)(python, ['-c', question])
    const [version, hasCuda] = JSON.parse(stdout) as [string, boolean] // what the question prints
    return { python, version, hasCuda }
  } catch {
    return {
      missing:
        `No PyTorch in ${python}, so its column is missing. To have it: python3 -m venv peer && ` +
        'peer/bin/pip install torch, then npm run bench -- --python peer/bin/python',
    }
  }
}
